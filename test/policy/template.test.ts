import { alias, checkRules, entity, group } from '../../lib/policy';

const TOKEN = '${TfToken[TOKEN.7]}';

test.each([
  [entity.id, '{{identity.entity.id}}'],
  [entity.name, '{{identity.entity.name}}'],
  [entity.metadata('team'), '{{identity.entity.metadata.team}}'],
  [entity.metadata('a-b_c/d+e=f'), '{{identity.entity.metadata.a-b_c/d+e=f}}'],
  [alias('auth_aws_1a2b3c4d').id, '{{identity.entity.aliases.auth_aws_1a2b3c4d.id}}'],
  [alias('auth_aws_1a2b3c4d').name, '{{identity.entity.aliases.auth_aws_1a2b3c4d.name}}'],
  [
    alias('auth_aws_1a2b3c4d').metadata('account_id'),
    '{{identity.entity.aliases.auth_aws_1a2b3c4d.metadata.account_id}}',
  ],
  [
    alias('auth_aws_1a2b3c4d').customMetadata('example.com/cost center'),
    '{{identity.entity.aliases.auth_aws_1a2b3c4d.custom_metadata.example.com/cost center}}',
  ],
  [entity.metadata(TOKEN), `{{identity.entity.metadata.${TOKEN}}}`],
  [alias(TOKEN).metadata(TOKEN), `{{identity.entity.aliases.${TOKEN}.metadata.${TOKEN}}}`],
  [alias(TOKEN).name, `{{identity.entity.aliases.${TOKEN}.name}}`],
  [group({ id: '1a2b-3c4d' }).id, '{{identity.groups.ids.1a2b-3c4d.id}}'],
  [group({ id: TOKEN }).name, `{{identity.groups.ids.${TOKEN}.name}}`],
  [group({ name: 'my team' }).id, '{{identity.groups.names.my team.id}}'],
  [group({ name: 'team' }).name, '{{identity.groups.names.team.name}}'],
  [group({ name: 'team' }).metadata('cost_center'), '{{identity.groups.names.team.metadata.cost_center}}'],
])('%s is the template %s, and no problem in a path', (template, expected) => {
  expect(template).toBe(expected);
  expect(checkRules([{ path: `secret/data/${template}/*`, capabilities: ['read'] }])).toEqual([]);
});

describe('a part that Vault would not find is refused:', () => {
  const KEY =
    'The metadata key of an entity or a group has only letters, digits and =/+_-, and at least one; got';
  const ALIAS_KEY = 'The metadata key of an alias must not be empty or have braces or outer white space; got';
  const segment = (what: string) => `The ${what} of a template must not be empty or have dots or braces; got`;

  test.each([
    [() => entity.metadata(''), `${KEY} ''.`],
    [() => entity.metadata('example.com'), `${KEY} 'example.com'.`],
    [() => group({ name: 'team' }).metadata('cost center'), `${KEY} 'cost center'.`],
    [() => alias('auth_aws_1a2b3c4d').metadata(''), `${ALIAS_KEY} ''.`],
    [() => alias('auth_aws_1a2b3c4d').metadata('{team}'), `${ALIAS_KEY} '{team}'.`],
    [() => alias('auth_aws_1a2b3c4d').customMetadata(' team'), `${ALIAS_KEY} ' team'.`],
    [() => alias('auth_aws_1a2b3c4d').customMetadata('team '), `${ALIAS_KEY} 'team '.`],
    [() => alias(''), `${segment('accessor')} ''.`],
    [() => alias('auth.aws'), `${segment('accessor')} 'auth.aws'.`],
    [() => group({ id: '{{a' }), `${segment('group ID')} '{{a'.`],
    [() => group({ name: 'a.b' }), `${segment('group name')} 'a.b'.`],
  ])('%s', (make, message) => {
    expect(make).toThrow(new Error(message));
  });
});
