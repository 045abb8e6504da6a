import { context } from '../context.ts';
import { mountPage } from './component-page.ts';
import { listenForToasts } from './toasts.ts';

listenForToasts();

const host = document.getElementById('record-page') ?? document.getElementById('app-page');
const regions = context.record?.regions ?? context.regions;
if (host && regions) mountPage(host, regions, context.record);
