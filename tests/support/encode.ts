const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Chinese text as bytes of an old encoding; Node only decodes these, so the table is its decoder's, turned round. */
export function encodeAs(text: string, encoding: 'gb18030' | 'big5'): Uint8Array {
  const table = tables.get(encoding) ?? tableOf(encoding);
  tables.set(encoding, table);
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      if (character <= '\u007f') return character.charCodeAt(0);
      const bytes = table.get(character);
      if (!bytes) throw new RangeError(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}

function tableOf(encoding: string): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (Array.from(character).length === 1 && !table.has(character)) {
        table.set(character, [lead, trail]);
      }
    }
  }
  return table;
}
