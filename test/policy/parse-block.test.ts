import { parseBlock } from '../../lib/policy/parse-block';

const block = (path: string) => `path "${path}" {\n  capabilities = ["read"]\n}`;
const parsed = (path: string) => ({ path: { [path]: [{ capabilities: ['read'] }] } });

test('many at once are what each is alone', async () => {
  const paths = Array.from({ length: 450 }, (_, index) => `secret/${index}`);

  expect(await Promise.all(paths.map((path) => parseBlock(block(path))))).toEqual(paths.map(parsed));
});

test('one that is wrong says so for itself, and the others are read', async () => {
  const [before, wrong, after] = await Promise.allSettled(
    [block('a'), 'path "b" { capabilities = [', block('c')].map(parseBlock),
  );

  expect(before).toEqual({ status: 'fulfilled', value: parsed('a') });
  expect(wrong).toMatchObject({
    status: 'rejected',
    reason: { message: expect.stringMatching(/policy:2,/) as string },
  });
  expect(after).toEqual({ status: 'fulfilled', value: parsed('c') });
});

test.each([
  ['closes the block around it', `${block('b')}\n}\nat "x" {\n${block('sys/*')}`],
  ['swallows what follows', `${block('b')}\n}\n/*`],
  ['closes and opens one of its own', `}\nat "y" {\n${block('sys/*')}\n}\nat "z" {`],
])('one that %s puts nothing into the others, and leaves nothing of its own out', async (_, hostile) => {
  const [before, refused, after] = await Promise.allSettled(
    [block('a'), hostile, `${block('c')} # */`].map(parseBlock),
  );

  expect(before).toEqual({ status: 'fulfilled', value: parsed('a') });
  expect(refused).toMatchObject({ status: 'rejected' });
  expect(after).toEqual({ status: 'fulfilled', value: parsed('c') });
});
