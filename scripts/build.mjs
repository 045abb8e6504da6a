/** Builds the plugin (`lib`) and the elements' bundle (static resource). */
import { build, setup } from './setup.mjs';

setup();
build();
