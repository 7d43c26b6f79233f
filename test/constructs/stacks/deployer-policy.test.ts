import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { deployerPolicy, type Settings } from '../../../lib/constructs/stacks';

const settings: Settings = { vault: { address: 'https://vault.example.com:8200', mountPath: 'aws' } };

const PLAN = [
  { path: 'auth/aws/config/client', capabilities: ['read'] },
  { path: 'auth/aws/role/dev_role', capabilities: ['read'] },
  { path: 'auth/token/create', capabilities: ['update'] },
  { path: 'auth/token/lookup-self', capabilities: ['read'] },
  { path: 'sys/mounts/auth/aws', capabilities: ['read'] },
  { path: 'sys/policies/acl/dev_policy', capabilities: ['read'] },
];

test('the stack of some settings needs these rules to be planned', () => {
  expect(deployerPolicy(settings, 'plan')).toEqual(PLAN);
});

test('to be applied, the stack also needs to write and delete', () => {
  const rules = deployerPolicy(settings, 'apply');

  expect(rules.find(({ path }) => path === 'auth/aws/role/dev_role')!.capabilities).toEqual([
    'read',
    'create',
    'update',
    'delete',
  ]);
  expect(rules.find(({ path }) => path === 'sys/auth/aws')!.capabilities).toContain('sudo');
});

test('the problems of invalid settings are named', () => {
  expect(() => deployerPolicy({ vault: { address: 'vault' } }, 'plan')).toThrow('vault.address: must be');
});

test('no file is left', () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('deployer-'));

  deployerPolicy(settings, 'plan');

  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('deployer-'))).toEqual(before);
});
