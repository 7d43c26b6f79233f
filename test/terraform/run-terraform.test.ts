import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidInputError, readOutputs } from '../../lib/terraform';
import { shellProgram } from '../sandbox/parts/support/shell-program';

let outdir: string;
let programs: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'outputs-'));
  programs = join(outdir, 'programs');
  mkdirSync(join(outdir, 'stacks/app'), { recursive: true });
});
afterEach(() => rmSync(outdir, { recursive: true }));

const env = (more: NodeJS.ProcessEnv = {}) => ({ PATH: `${programs}:/usr/bin:/bin`, ...more });
const terraform = (...lines: string[]) => shellProgram(join(programs, 'terraform'), ...lines);
const failure = (...args: Parameters<typeof readOutputs>) =>
  readOutputs(...args).then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: Error) => error,
  );

test('the outputs are what the CLI prints in the folder of the stack', async () => {
  terraform('echo "{\\"arguments\\":{\\"value\\":\\"$*\\"},\\"folder\\":{\\"value\\":\\"$PWD\\"}}"');

  expect(await readOutputs('app', outdir, { env: env() })).toEqual({
    arguments: 'output -no-color -json',
    folder: expect.stringMatching(/\/stacks\/app$/) as string,
  });
});

test('another CLI is run if the environment names it', async () => {
  shellProgram(join(programs, 'tofu'), 'echo "{\\"by\\":{\\"value\\":\\"tofu\\"}}"');

  expect(await readOutputs('app', outdir, { env: env({ TERRAFORM_BINARY_NAME: 'tofu' }) })).toEqual({
    by: 'tofu',
  });
});

describe('the message says what to do', () => {
  test('if there is no folder of the stack', async () => {
    terraform('exit 1');
    const error = await failure('web', outdir, { env: env() });

    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.message).toBe(
      `The outputs of 'web' can't be read: there is no folder ${join(outdir, 'stacks/web')}: ` +
        'deploy it first, with `npx cdktf deploy web`, in the folder that you run this in.',
    );
  });

  test('if there is no CLI', async () => {
    const error = await failure('app', outdir, { env: { PATH: programs } });

    expect(error.message).toBe(
      "The outputs of 'app' can't be read: there is no terraform: put it into PATH, or name another in TERRAFORM_BINARY_NAME.",
    );
  });

  test('if the CLI fails, with what it says', async () => {
    terraform('echo "Backend initialization required" >&2', 'exit 1');
    const { message } = await failure('app', outdir, { env: env() });

    expect(message).toContain(
      `can't be shown by \`terraform output -json\` in ${join(outdir, 'stacks/app')}`,
    );
    expect(message).toContain('deploy it first, with `npx cdktf deploy app`');
    expect(message).toContain('Backend initialization required');
  });

  test('if the CLI prints no outputs', async () => {
    terraform('echo "a-secret-value"');
    const { message } = await failure('app', outdir, { env: env() });

    expect(message).toContain('deploy it again, with `npx cdktf deploy app`');
    expect(message).not.toContain('a-secret-value');
  });
});

test('what the CLI says is shown without the secrets of its environment', async () => {
  terraform(
    'echo "with $VAULT_TOKEN, $AWS_SECRET_ACCESS_KEY, hvs.abcdefghijklmnopqrstuvwx, $REGION" >&2',
    'exit 1',
  );
  const { message } = await failure('app', outdir, {
    env: env({ VAULT_TOKEN: 'a-root-token', AWS_SECRET_ACCESS_KEY: 'a-secret-key', REGION: 'eu-central-1' }),
  });

  expect(message).toContain('with (hidden), (hidden), (hidden), eu-central-1');
});

test('a command that takes long is named, and an abort ends it', async () => {
  const [started, ended] = [join(outdir, 'started'), join(outdir, 'ended')];
  terraform(
    `trap 'touch ${ended}; exit 1' TERM`,
    `touch ${started}`,
    'for each in $(seq 200); do sleep 0.05; done',
  );
  const controller = new AbortController();
  const steps: string[] = [];
  const error = await failure('app', outdir, {
    env: env(),
    signal: controller.signal,
    onStep: (step) => {
      steps.push(step);
      expect(existsSync(started)).toBe(true);
      controller.abort(new Error('Interrupted.'));
    },
  });

  expect(error.message).toBe('Interrupted.');
  expect(steps).toEqual([`terraform output -json in ${join(outdir, 'stacks/app')}`]);
  expect(existsSync(ended)).toBe(true);
});

test('a command that is quick is not named', async () => {
  terraform('echo "{}"');
  const onStep = jest.fn();

  expect(await readOutputs('app', outdir, { env: env(), onStep })).toEqual({});
  expect(onStep).not.toHaveBeenCalled();
});

test('nothing is run after an abort', async () => {
  terraform(`touch ${join(outdir, 'started')}`);
  const error = await failure('app', outdir, { env: env(), signal: AbortSignal.abort(new Error('Before.')) });

  expect(error.message).toBe('Before.');
  expect(existsSync(join(outdir, 'started'))).toBe(false);
});
