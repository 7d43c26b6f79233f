import { accessJson, accessPage, accessReport, renderAccess } from '../../lib/access';
import { readPlan } from '../../lib/terraform';
import { planOf, policy, role } from '../review/support/plan';

const GROUP = 'control_group { factor "f" { identity { group_names = ["g"] approvals = 1 } } }';
const block = (path: string) =>
  `path "${path}" {\n  capabilities = ["read"]\n  mfa_methods = ["duo"]\n  ${GROUP}\n}\n`;

const reportOf = (text: string) =>
  accessReport([
    {
      name: 's',
      kind: 'state',
      resources: readPlan(
        planOf({
          after: [policy('app', text), role('dev', ['arn:aws:iam::123456789012:user/alice'], ['app'])],
        }),
        's',
      ).after,
    },
  ]);

describe('a policy with blocks that are not judged says so next to its rules', () => {
  const report = reportOf(['a', 'b', 'c', 'd'].map(block).join(''));
  const said = 'not judged here: control_group of a, b, c and 1 more; mfa_methods of a, b, c and 1 more';

  test('in the terminal', () => {
    const text = renderAccess(report, { colour: false });

    expect(text).toContain('a: read');
    expect(text).toContain(`app: ${said}`);
  });

  test('on the page', () => {
    expect(accessPage(report)).toContain(`<code>app</code>: ${said}`);
  });

  test('in JSON', () => {
    expect(accessJson(report)).toMatchObject({ rows: [{ notJudged: [{ policy: 'app', what: said }] }] });
  });
});

test('a policy that Vault refuses is shown with the reason, on one line', () => {
  expect(reportOf('path "a" {\n  capabilities = ["READ"]\n}\n').rows[0]?.notShown).toEqual([
    {
      policy: 'app',
      why: "Vault refuses it (line 2: capabilities of path 'a': 'READ' is no capability of Vault; write 'read')",
    },
  ]);
});

test('rules of one path are judged as one', () => {
  const twice = 'path "a" { capabilities = ["read"] }\npath "/a" { capabilities = ["list"] }';

  expect(reportOf(twice).rows[0]?.paths).toEqual([{ path: 'a', capabilities: ['read', 'list'] }]);
});
