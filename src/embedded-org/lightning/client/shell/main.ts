import { context } from '../context.ts';
import { mountRecordPage } from './record-page.ts';
import { listenForToasts } from './toasts.ts';

listenForToasts();

const host = document.getElementById('record-page');
if (host && context.record) mountRecordPage(host, context.record);
