import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BEFORE_NAME,
  nameOfArn,
  PRINCIPAL_ARN,
  PRINCIPAL_ARN_OR_PREFIX,
  ROLE_ARN,
  ROLE_ARN_OR_PREFIX,
  WITHOUT_PATH,
  withoutPath,
} from '../../lib/iam';
import { getParts } from '../../sandbox/parts';
import { NO_ROLES, ROLE_PREFIXES, ROLES } from '../iam/arns';

const ARNS = [...ROLES, ...ROLE_PREFIXES, ...NO_ROLES].flatMap((arn) => [arn, arn.replace(':role', ':user')]);

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'arns-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** What Terraform makes of an expression. @param body of a `for` over all ARNs, as `arn` */
async function evaluate(body: string): Promise<unknown> {
  const { terraform } = await getParts();
  const arns = JSON.stringify(ARNS).replaceAll('${', '$${').replaceAll('%{', '%%{');
  const { stdout, stderr, status } = spawnSync(terraform.path, ['console'], {
    cwd: folder,
    input: `jsonencode([for arn in ${arns} : ${body}])\n`,
    encoding: 'utf8',
  });
  expect(status === 0 ? '' : stderr).toBe('');
  return JSON.parse(JSON.parse(stdout) as string);
}

const quoted = (text: string) => JSON.stringify(text);

test.each(Object.entries({ PRINCIPAL_ARN, PRINCIPAL_ARN_OR_PREFIX, ROLE_ARN, ROLE_ARN_OR_PREFIX }))(
  'Terraform reads the pattern %s as JavaScript does',
  async (_, pattern) => {
    expect(await evaluate(`can(regex(${quoted(pattern.source)}, arn))`)).toEqual(
      ARNS.map((arn) => pattern.test(arn)),
    );
  },
);

test('Terraform leaves the path out as JavaScript does', async () => {
  const [pattern, to] = WITHOUT_PATH;

  expect(await evaluate(`replace(arn, ${quoted(pattern)}, ${quoted(to)})`)).toEqual(ARNS.map(withoutPath));
});

test('Terraform finds the name as JavaScript does', async () => {
  expect(await evaluate(`replace(arn, ${quoted(BEFORE_NAME)}, "")`)).toEqual(ARNS.map(nameOfArn));
});
