const NAMES = ['Action', 'Custom', 'Doctype', 'Standard', 'Utility'] as const;

/** Modules of the base components that hold icon templates; pages load a set when they show one of its icons. */
export const ICON_SETS: readonly string[] = NAMES.flatMap((name) => [
  `lightning/iconSvgTemplates${name}`,
  `lightning/iconSvgTemplates${name}Rtl`,
]);
