import fc from 'fast-check';
import { arbitraryItems } from './arbitrary-items';
import { policyInJson } from './arbitrary-json';
import { piece } from './arbitrary-pieces';
import { policyInHcl } from './arbitrary-policies';

type Edit = {
  readonly at: number;
  readonly take: number;
  readonly piece: string;
  readonly way: 'cut' | 'put' | 'swap' | 'double';
};
const edit = fc.record<Edit>({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  take: fc.integer({ min: 1, max: 4 }),
  piece,
  way: fc.constantFrom('cut', 'put', 'put', 'swap', 'double'),
});

const TOKENS = /\s+|"(?:\\.|[^"\\])*"|[\w.-]+|[^]/g;

/** A text with mistakes: tokens or characters cut out, put in, doubled, or put in each other's places. */
function damage(text: string, edits: readonly Edit[]): string {
  return edits.reduce((before, { at, take, piece: put, way }, index) => {
    const parts = index % 2 === 0 ? (before.match(TOKENS) ?? []) : before.split('');
    const from = Math.floor(at * (parts.length + 1));
    const rest = parts.slice(from + take);
    const taken = parts.slice(from, from + take);
    const instead = { cut: [], put: [put, ...taken], swap: taken.reverse(), double: [...taken, ...taken] }[
      way
    ];
    return [...parts.slice(0, from), ...instead, ...rest].join('');
  }, text);
}

/** A text that may be a policy, an agent's configuration or neither, in HCL or JSON, whole or damaged. */
export const arbitraryHclText: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: arbitraryItems },
      { weight: 5, arbitrary: policyInHcl },
      { weight: 3, arbitrary: policyInJson },
      { weight: 1, arbitrary: fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')) },
    ),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 3, arbitrary: fc.array(edit, { maxLength: 3 }) },
    ),
  )
  .map(([text, edits]) => damage(text, edits));
