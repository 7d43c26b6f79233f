import { checkRules } from '../../lib/policy';

const check = (path: string) => checkRules([{ path, capabilities: ['read'] }]);

const ALL =
  'identity.entity.id, identity.entity.name, identity.entity.metadata.KEY, ' +
  'identity.entity.aliases.ACCESSOR.id, identity.entity.aliases.ACCESSOR.name, ' +
  'identity.entity.aliases.ACCESSOR.metadata.KEY, identity.entity.aliases.ACCESSOR.custom_metadata.KEY, ' +
  'identity.groups.ids.ID.id, identity.groups.ids.ID.name, identity.groups.ids.ID.metadata.KEY, ' +
  'identity.groups.names.NAME.id, identity.groups.names.NAME.name, identity.groups.names.NAME.metadata.KEY';

describe('Vault knows', () => {
  test.each([
    '{{identity.entity.id}}',
    '{{ identity.entity.name }}',
    '{{identity.entity.metadata.team}}',
    '{{identity.entity.metadata.a-b_c/d+e=f}}',
    '{{identity.entity.aliases.auth_aws_1a2b3c4d.id}}',
    '{{identity.entity.aliases.auth_aws_1a2b3c4d.name}}',
    '{{identity.entity.aliases.auth_aws_1a2b3c4d.metadata.account_id}}',
    '{{identity.entity.aliases.auth_aws_1a2b3c4d.custom_metadata.example.com/cost center}}',
    '{{identity.groups.ids.1a2b-3c4d.name}}',
    '{{identity.groups.names.my team.id}}',
    '{{identity.groups.names.team.metadata.cost_center}}',
    '{{identity.entity.id}}/{{identity.entity.name}}',
    '{{identity.entity.aliases.${TfToken[TOKEN.7]}.name}}',
    '${TfToken[TOKEN.7]}/{{identity.entity.id}}',
  ])('%s', (template) => {
    expect(check(`secret/data/${template}/app`)).toEqual([]);
  });
});

describe('a template that Vault would never fill in is refused:', () => {
  test.each([
    'identity.entity.ID',
    'identity.entity.metadata',
    'identity.entity.metadata.',
    'identity.entity.metadata.example.com',
    'identity.groups.names.team.metadata.cost center',
    'identity.entity.groups.names',
    'identity.entity.aliases.auth_aws_1a2b3c4d',
    'identity.entity.aliases.auth.aws.id',
    'identity.entity.aliases.auth_aws_1a2b3c4d.policies',
    'identity.groups.names.a.b.id',
    'identity.groups.team.id',
    'entity.id',
    'time.now',
    '',
  ])('%s', (template) => {
    const path = `secret/data/{{${template}}}`;
    expect(check(path)).toEqual([
      `rules[0].path: '{{${template}}}' is no template of Vault, so the rule would never apply; it has ${ALL}; got '${path}'`,
    ]);
  });
});

describe('what is no accessor is refused in place of one:', () => {
  test.each(['aws', 'auth/aws', 'auth_aws', 'auth_aws_1a2b', 'auth_aws_1A2B3C4D', 'kv_1a2b3c4d'])(
    '%s',
    (accessor) => {
      const path = `secret/data/{{identity.entity.aliases.${accessor}.name}}`;
      expect(check(path)).toEqual([
        `rules[0].path: '${accessor}' is no accessor of an auth mount, which is auth_TYPE_ and 8 hex digits, so the rule would never apply; write mount.accessor, or what 'vault auth list' shows; got '${path}'`,
      ]);
    },
  );
});

describe('braces that do not pair are refused:', () => {
  test.each(['a/{{identity.entity.id', 'a/identity.entity.id}}', 'a/{{identity.entity.id}}}}', 'a/{{a{{b}}'])(
    '%s',
    (path) => {
      expect(check(path)).toEqual([`rules[0].path: each '{{' needs one '}}' after it; got '${path}'`]);
    },
  );
});

test('each unknown template of a path is named', () => {
  expect(check('a/{{x}}/{{identity.entity.id}}/{{y}}')).toHaveLength(2);
});
