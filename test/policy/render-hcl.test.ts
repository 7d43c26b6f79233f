import { renderHcl } from '../../lib/policy';

test('rules are written as a person would write them', () => {
  expect(
    renderHcl([
      { path: 'secret/data/*', capabilities: ['create', 'read'] },
      { path: 'secret/metadata/*', capabilities: ['list'] },
    ]),
  ).toBe(`path "secret/data/*" {
  capabilities = ["create", "read"]
}

path "secret/metadata/*" {
  capabilities = ["list"]
}
`);
});

test('capabilities in another order, or named twice, give the same text', () => {
  const text = (...capabilities: ('read' | 'list' | 'create')[]) => renderHcl([{ path: 'a', capabilities }]);

  expect(text('list', 'read', 'create', 'read')).toBe(text('create', 'read', 'list'));
});

test('rules in another order give the same text', () => {
  const rules = ['secret/b', 'secret/+/a', 'secret/a*', 'auth/x'].map((path) => ({
    path,
    capabilities: ['read' as const],
  }));

  expect(renderHcl([...rules].reverse())).toBe(renderHcl(rules));
  expect(renderHcl(rules)).toMatch(/^path "auth\/x"/);
});
