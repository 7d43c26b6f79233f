import { renderHcl } from '../../lib/policy';

test('rules are written as a person would write them, in their order', () => {
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
