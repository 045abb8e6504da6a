// Synthetic shadow must patch the page before the engine looks at it, as in Lightning Experience.
import '@lwc/synthetic-shadow';

export * from '@lwc/engine-dom';
