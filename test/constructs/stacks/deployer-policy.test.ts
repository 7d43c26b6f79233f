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

test('what the stack of some settings needs to be planned', () => {
  expect(deployerPolicy(settings, 'plan')).toEqual(PLAN);
});

test('to be applied, it needs that, and to write and delete', () => {
  const rules = deployerPolicy(settings, 'apply');

  expect(rules.find(({ path }) => path === 'auth/aws/role/dev_role')!.capabilities).toEqual([
    'read',
    'create',
    'update',
    'delete',
  ]);
  expect(rules.find(({ path }) => path === 'sys/auth/aws')!.capabilities).toContain('sudo');
});

test('settings that are not valid have their problems named', () => {
  expect(() => deployerPolicy({ vault: { address: 'vault' } }, 'plan')).toThrow('vault.address: must be');
});

test('nothing is left of it', () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('deployer-'));

  deployerPolicy(settings, 'plan');

  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('deployer-'))).toEqual(before);
});
