import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { addDeployerPolicy } from '../../../bin/commands/deployer-policy';
import { synth } from '../../../lib/constructs/checks';
import { AwsAuthMount, BoundPrincipal, deployerRules, IamAuthRole } from '../../../lib/constructs/vault';
import { runCommand } from '../../support/command';
import { emptyStack, lateText } from '../../support/stack';

const { CDKTF_OUTDIR } = process.env;
const folder = mkdtempSync(join(tmpdir(), 'own-stack-'));
beforeAll(() => (process.env.CDKTF_OUTDIR = folder));
afterAll(() => {
  delete process.env.CDKTF_OUTDIR;
  Object.assign(process.env, CDKTF_OUTDIR === undefined ? {} : { CDKTF_OUTDIR });
  rmSync(folder, { recursive: true });
});

const deployerPolicy = (...args: string[]) => runCommand(addDeployerPolicy, ['deployer-policy', ...args]);

test('before the first synth, deployer-policy --stack says to synthesize', async () => {
  expect((await deployerPolicy('--stack', 'mine')).failure).toBe(
    `${folder} has no synthesized stack: run \`npx cdktf synth\` first, or name the file of a stack or a state.`,
  );
});

describe('deployer-policy of a synthesized app', () => {
  const app = new App({ outdir: folder });
  const mine = emptyStack(app, 'mine');
  const mount = new AwsAuthMount(mine, 'mount', { path: 'team/aws' });
  const boundPrincipals = [BoundPrincipal.user('alice')];
  new IamAuthRole(mine, 'app', { mount, roleName: 'app', boundPrincipals });
  new IamAuthRole(mine, 'later', { mount, roleName: lateText(mine), boundPrincipals });
  emptyStack(app, 'other');
  beforeAll(() => synth(app));

  test.each(['plan', 'apply'] as const)(
    '--stack has the rules of that stack alone, to %s',
    async (deployment) => {
      const { stdout, failure } = await deployerPolicy('--stack', 'mine', `--${deployment}`, '--json');

      expect(failure).toBeUndefined();
      const rules = JSON.parse(stdout) as { path: string }[];
      expect(rules).toEqual(deployerRules(mine, deployment));
      expect(rules.map(({ path }) => path)).toEqual(
        expect.arrayContaining(['auth/team/aws/role/+', 'auth/team/aws/role/app']),
      );
    },
  );

  test('--stack with a name that is not there lists those that are', async () => {
    expect(await deployerPolicy('--stack', 'min')).toMatchObject({
      stdout: '',
      failure: `The stack 'min' is not in ${folder}: the stacks there are 'mine', 'other'; name one of them, or run \`npx cdktf synth\` first.`,
    });
  });
});
