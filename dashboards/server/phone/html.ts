/** Text that is markup already. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

type Part = string | number | Html | undefined | false | readonly Html[];

/** Markup whose values are escaped, unless they are markup themselves; nothing for what is absent. */
export function html(pieces: TemplateStringsArray, ...values: readonly Part[]): Html {
  const text = pieces.reduce((made, piece, at) => made + partToText(values[at - 1]) + piece);
  return new Html(text);
}

function partToText(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'object') return part.map(String).join('');
  return String(part).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');
}

/** Only a web address may become a link: a source's `javascript:` is shown as text. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
