import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseAgent, guideAgents } from '../../../lib/operate/declared';
import { shellProgram } from '../../sandbox/parts/support/shell-program';

const folder = mkdtempSync(join(tmpdir(), 'guide-agents-'));
afterAll(() => rmSync(folder, { recursive: true }));

const vault = { address: 'https://vault.example.com:8200' };

/** The agents of a stack with these outputs. */
const agentsOf = (outputs: Record<string, unknown>) => {
  mkdirSync(join(folder, 'cdk.out/stacks/vault-aws-auth'), { recursive: true });
  const values = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }]));
  shellProgram(join(folder, 'terraform'), `echo '${JSON.stringify(values)}'`);
  return guideAgents(
    {
      name: 'vault-aws-auth',
      outdir: join(folder, 'cdk.out'),
      env: { ...process.env, TERRAFORM_BINARY_NAME: join(folder, 'terraform') },
    },
    { vault },
  );
};
const first = { mount_path: 'aws', role_name: 'dev_role' };

test('a stack with one role has one agent, which needs no choice', async () => {
  const { config } = chooseAgent(await agentsOf(first));

  expect(config.autoAuth.method).toMatchObject({ mountPath: 'auth/aws', role: 'dev_role' });
});

test('a stack with several roles has an agent for each, and --role chooses', async () => {
  const agents = await agentsOf({ ...first, other_roles: [{ role_name: 'billing', login_command: '' }] });

  expect(chooseAgent(agents, 'billing').config.autoAuth.method).toMatchObject({
    mountPath: 'auth/aws',
    role: 'billing',
    headerValue: 'vault.example.com',
  });
  expect(() => chooseAgent(agents)).toThrow("Choose an agent with --role or --agent: 'dev_role', 'billing'.");
});
