/** Units as a person lists them: 市水务局、市住建局. */
export const splitUnits = (text: string): string[] =>
  text
    .split(/[、,，;；\n]/)
    .map((unit) => unit.trim())
    .filter(Boolean);
