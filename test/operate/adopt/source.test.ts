import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';
import type { Options } from 'prettier';
import { format } from 'prettier/standalone';
import { Code, type Source, textOf, valueOf } from '../../../lib/operate/adopt/source';
import prettierOptions from '../../../.prettierrc.json';

/** Values as AWS and Vault have them. */
const values = fc.letrec<{ value: Source; object: Source }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ maxLength: 80 }),
    fc.constantFrom('user/${aws:username}', "it's", '"quoted"', 'line\nbreak', 'back\\slash', '\\"'),
    fc.nat(),
    fc.boolean(),
    fc.array(fc.string({ maxLength: 40 }), { maxLength: 6 }),
    fc.array(tie('object'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.stringMatching(/^[a-z-]{1,20}$/), tie('value'), { maxKeys: 5 }),
}));

test('what is written means what was meant', () => {
  fc.assert(
    fc.property(values.object, (object) => {
      const written: unknown = runInNewContext(`(${textOf(object, 0, 0)})`);

      expect(written).toEqual(object);
    }),
  );
});

test('what is written is formatted as Prettier does it', async () => {
  await fc.assert(
    fc.asyncProperty(values.object, async (object) => {
      const declaration = 'export const settings = ';
      const text = `${declaration}${textOf(object, declaration.length, 0)};\n`;
      const plugins = [typescript, estree];

      expect(await format(text, { ...(prettierOptions as Options), parser: 'typescript', plugins })).toBe(
        text,
      );
    }),
  );
});

test('a list of objects has a line for each, as Prettier writes it', () => {
  const objects = [
    { to: 'a', id: 1 },
    { to: 'b', id: 2 },
  ];

  expect(textOf(objects, 0, 0)).toBe("[\n  { to: 'a', id: 1 },\n  { to: 'b', id: 2 },\n]");
});

describe('code', () => {
  const source: Source = {
    ttl: new Code('Duration.hours(1)', 3600),
    list: [new Code('a()', 'A')],
    none: undefined,
  };

  test('is written as it is', () => {
    expect(textOf(source, 0, 0)).toBe('{ ttl: Duration.hours(1), list: [a()] }');
  });

  test('has its own value', () => {
    expect(valueOf(source)).toEqual({ ttl: 3600, list: ['A'] });
  });
});
