export type ToastVariant = 'info' | 'success' | 'warning' | 'error';

export type Toast = {
  readonly title: string;
  readonly message?: string;
  readonly variant?: ToastVariant;
  readonly mode?: string;
};

export const SHOW_TOAST = 'lightning__showtoast';

/** Asks the page for a toast. */
export class ShowToastEvent extends CustomEvent<Toast> {
  constructor(toast: Toast) {
    super(SHOW_TOAST, { bubbles: true, composed: true, cancelable: true, detail: toast });
  }
}
