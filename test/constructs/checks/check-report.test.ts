import { Duration } from 'aws-cdk-lib/core';
import { check, checkReport, renderCheck } from '../../../lib/constructs/checks';
import {
  AwsAuthMount,
  BoundPrincipal,
  IamAuthRole,
  type IamAuthRoleProps,
} from '../../../lib/constructs/vault';
import { testApp } from '../../support/app';
import { emptyStack } from '../../support/stack';

function reportOf(props: Partial<IamAuthRoleProps>) {
  const app = testApp();
  const stack = emptyStack(app);
  const mount = new AwsAuthMount(stack, 'mount');
  const boundPrincipals = [BoundPrincipal.allUsers()];
  new IamAuthRole(stack, 'role', {
    mount,
    roleName: 'dev',
    boundPrincipals,
    tokenMaxTtl: Duration.hours(8),
    ...props,
  });
  return checkReport(check(app));
}

const NARROW = { boundPrincipals: [BoundPrincipal.user('alice')] };
const WARNING = {
  id: 'bind-all-principals',
  path: 'stack/role',
  message: "bound principal: all IAM users of the account may log in, present and future; got 'user/*'",
};

test('a report tells problems, warnings and acknowledged warnings apart', () => {
  expect(reportOf({ roleName: 'Dev' })).toEqual({
    problems: ["[stack/role] roleName: Vault lowercases a role name, write 'dev'; got 'Dev'"],
    warnings: [WARNING],
    acknowledged: [],
    unused: [],
  });
  expect(reportOf({ acknowledge: { 'bind-all-principals': 'a test account' } })).toEqual({
    problems: [],
    warnings: [],
    acknowledged: [{ ...WARNING, reason: 'a test account' }],
    unused: [],
  });
});

test('a person reads every part of it', () => {
  expect(renderCheck(reportOf({ roleName: 'Dev' }))).toBe(`1 problem:
  [stack/role] roleName: Vault lowercases a role name, write 'dev'; got 'Dev'

1 warning; narrow it, or write down the reason with acknowledge: { 'bind-all-principals': 'reason' }:
  [stack/role] ${WARNING.message} (bind-all-principals)`);
  expect(renderCheck(reportOf({ acknowledge: { 'bind-all-principals': 'a test account' } })))
    .toBe(`1 warning acknowledged:
  [stack/role] ${WARNING.message} (bind-all-principals)
    because: a test account`);
  expect(renderCheck(reportOf(NARROW))).toBe('No problems and no warnings.');
});

test('the acknowledgement that is proposed has each id of the warnings once', () => {
  expect(renderCheck(reportOf({ tokenMaxTtl: Duration.days(2), tokenTtl: Duration.hours(30) }))).toMatch(
    "3 warnings; narrow it, or write down the reason with acknowledge: { 'bind-all-principals': 'reason', 'long-ttl': 'reason' }:",
  );
});

test('a strict check says that strictness failed it, and only if there is a warning', () => {
  const says = '--strict fails this check, because nobody acknowledged what is listed here.';

  expect(renderCheck(reportOf({}), { strict: true })).toMatch(says);
  expect(renderCheck(reportOf({}))).not.toMatch(says);
  expect(renderCheck(reportOf(NARROW), { strict: true })).toBe('No problems and no warnings.');
});

test('an acknowledgement of what is not raised here is listed', () => {
  expect(renderCheck(reportOf({ ...NARROW, acknowledge: { 'resolve-off': 'another account' } })))
    .toBe(`1 acknowledgement of what is not raised here; remove it, unless another environment raises it:
  [stack/role] resolve-off`);
});
