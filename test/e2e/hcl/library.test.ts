import fc from 'fast-check';
import { arbitraryHclText } from '../../hcl/arbitrary-texts';
import { differenceFromLibrary } from '../../hcl/compare-with-library';
import { differenceFromVault } from '../../policy/compare-with-library';
import { askLibrary } from '../support/hcl-oracle';

const TEXTS = 20_000;

// A failing run prints its seed: with it as a parameter of fc.sample the texts are the same again.
const seed = Math.floor(Math.random() * 2 ** 31);
const texts = [...new Set(fc.sample(arbitraryHclText, { numRuns: TEXTS, seed }))];
let answers: Awaited<ReturnType<typeof askLibrary>>;
beforeAll(async () => {
  answers = await askLibrary(texts);
}, 120_000);

/** The shortest text that is read in another way, and how. */
function shortest(differenceOf: typeof differenceFromLibrary): unknown {
  const found = texts.flatMap((text, index) => {
    const difference = differenceOf(text, answers[index]!);
    return difference === undefined ? [] : [{ seed, text, difference }];
  });
  return found.sort((one, other) => one.text.length - other.text.length)[0];
}

test('the reader takes, refuses and reads generated texts as the library does, with a place for each error', () => {
  expect(shortest(differenceFromLibrary)).toBeUndefined();
});

test('a policy is taken, refused and read as Vault’s own code does', () => {
  expect(shortest(differenceFromVault)).toBeUndefined();
});

test('some thousand of the texts are of each kind', () => {
  const count = (is: (answer: (typeof answers)[number]) => boolean) => answers.filter(is).length;

  expect(texts.length).toBeGreaterThan(15_000);
  expect(count(({ refused }) => refused !== undefined)).toBeGreaterThan(3_000);
  expect(count(({ invalid }) => invalid !== undefined)).toBeGreaterThan(3_000);
  expect(count(({ policy }) => policy !== undefined && policy.rules.length > 0)).toBeGreaterThan(1_500);
});
