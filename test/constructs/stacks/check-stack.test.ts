import { checkStack, type Settings } from '../../../lib/constructs/stacks';

const vault = { address: 'https://vault.example.com:8200' };

test('settings that no stack can be made of are problems, and not an error', () => {
  expect(checkStack({ vault, backend: { kind: 'S3' } } as unknown as Settings)).toEqual({
    problems: [
      "[vault-aws-auth] backend.kind: must be 'local' or 's3' or 'hcp-terraform'; got 'S3'; did you mean 's3'?",
    ],
    warnings: [],
    acknowledged: [],
    unused: [],
  });
});

test('another error is not taken for a problem', () => {
  const settings = {
    get vault(): Settings['vault'] {
      throw new Error('no such file');
    },
  };

  expect(() => checkStack(settings)).toThrow('no such file');
});
