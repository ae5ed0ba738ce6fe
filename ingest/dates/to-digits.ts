const DIGITS = '〇一二三四五六七八九';
const NUMERALS = /[〇○◯零O一二两三四五六七八九十]+/g;

/**
 * Numbers up to 99 and years in Chinese characters as digits: 二〇二六年三月十二日 is 2026年3月12日.
 * What is no such number stays as it was written.
 */
export function toDigits(text: string): string {
  return text.replace(NUMERALS, (run) => {
    if (!/[一二两三四五六七八九十]/.test(run)) return run;
    const plain = run.replace(/[○◯零O]/g, '〇').replaceAll('两', '二');
    if (!plain.includes('十')) return positional(plain);
    const [tens = '', ones = '', ...more] = plain.split('十');
    if (more.length > 0 || tens.length > 1 || ones.length > 1) return run;
    return `${tens === '' ? 1 : positional(tens)}${ones === '' ? 0 : positional(ones)}`;
  });
}

function positional(numerals: string): string {
  return Array.from(numerals, (numeral) => DIGITS.indexOf(numeral)).join('');
}
