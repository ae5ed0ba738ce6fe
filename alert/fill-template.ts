/** What a gateway's template may name. */
export const PLACEHOLDERS = [
  'phone',
  'text',
  'name',
  'code',
  'link',
  'secret',
  'id',
  'seconds',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Values = Readonly<Record<Placeholder, string>>;

/** Where a value stands decides how it is written. */
export type TemplatePlace = 'url' | 'header' | 'json' | 'form' | 'xml' | 'text';

const NAMED = /\{([a-zA-Z]+)\}/g;

/** Names in a template that mean nothing; a JSON body's own braces hold quotes, and are no names. */
export const unknownPlaceholders = (template: string): string[] =>
  [...template.matchAll(NAMED)]
    .map(([, name]) => name ?? '')
    .filter((name) => !(PLACEHOLDERS as readonly string[]).includes(name));

/**
 * A template with its values, each written so that it cannot leave its place: no quote ends a JSON string, no
 * `&` begins another field, no line break another header. Values are put in once; what stands in them is text.
 */
export function fillTemplate(template: string, values: Values, place: TemplatePlace): string {
  return template.replaceAll(NAMED, (whole, name: string) =>
    Object.hasOwn(values, name) ? written(values[name as Placeholder], place) : whole,
  );
}

function written(value: string, place: TemplatePlace): string {
  switch (place) {
    case 'url':
    case 'form':
      return encodeURIComponent(value.toWellFormed());
    case 'json':
      return JSON.stringify(value).slice(1, -1);
    case 'xml':
      return value
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;');
    case 'header':
      return value.replaceAll(/[^\x20-\x7e]/g, '');
    case 'text':
      return value;
    default:
      return place satisfies never;
  }
}
