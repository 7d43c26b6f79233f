import {
  type AgentItem,
  agentItems,
  parseAgentConfig,
  renderAgentHcl,
  renderAgentJson,
} from '../../lib/agent';
import { HclError } from '../../lib/hcl';
import { fullConfig } from './full-config';

/** Without what a text and code can't share: lines, and labels that are the type in JSON. */
function plain(items: readonly AgentItem[]): unknown {
  return items.map(({ name, labels, value, items: inner }) => ({
    name,
    labels,
    ...(inner ? { items: plain(inner) } : { value }),
  }));
}

describe('what is rendered is read back', () => {
  const config = fullConfig('/run/vault');

  test.each([
    ['HCL', renderAgentHcl],
    ['JSON', renderAgentJson],
  ])('from %s', (_, render) => {
    expect(plain(parseAgentConfig(render(config)))).toEqual(plain(agentItems(config)));
  });
});

test('an auto_auth with nothing but its method is no block with a label, in JSON', () => {
  const method = { mountPath: 'auth/aws', type: 'iam', role: 'app' } as const;
  const config = { autoAuth: { method, sinks: [] } };

  expect(plain(parseAgentConfig(renderAgentJson(config)))).toEqual(plain(agentItems(config)));
});

describe('the agent’s HCL', () => {
  const valuesOf = (text: string) =>
    Object.fromEntries(parseAgentConfig(text).map(({ name, value }) => [name, value]));

  test.each<[string, string, unknown]>([
    ['a number in octal', 'mode = 0600', { mode: 0o600 }],
    ['a number in hexadecimal', 'mode = 0x180', { mode: 384 }],
    ['a fraction', 'number = -1.5e2', { number: -150 }],
    ['a truth', 'exit_on_err = true', { exit_on_err: true }],
    ['a list with a comma at its end', 'list = ["a", 1, true,]', { list: ['a', 1, true] }],
    ['escapes', String.raw`text = "\"a\"\\\n\u0041\x42\103"`, { text: '"a"\\\nABC' }],
    ['a reference, as it is', 'text = "${file("a")}\\n"', { text: '${file("a")}\n' }],
    ['a heredoc', 'text = <<EOT\n  a "b"\nEOT\nother = 1', { text: '  a "b"\n', other: 1 }],
    ['an indented heredoc', 'text = <<-EOT\n  a\n  EOT\n', { text: 'a\n' }],
    ['JSON that goes on, which the agent does not look at', '{ "a": 1 }\n{ "b": 2 }', { a: 1 }],
    ['comments', '# a\n// b\n/* c\n */ text = "d" # e', { text: 'd' }],
  ])('has %s', (_, text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  test('has blocks on one line, labels, and the line of each', () => {
    const text =
      'auto_auth {\n  method "aws" { mount_path = "auth/aws" config = { type = "iam", role = "a" } }\n}\n';

    expect(parseAgentConfig(text)).toEqual([
      {
        name: 'auto_auth',
        labels: [],
        line: 1,
        items: [
          {
            name: 'method',
            labels: ['aws'],
            line: 2,
            items: [
              { name: 'mount_path', labels: [], line: 2, value: 'auth/aws' },
              {
                name: 'config',
                labels: [],
                line: 2,
                items: [
                  { name: 'type', labels: [], line: 2, value: 'iam' },
                  { name: 'role', labels: [], line: 2, value: 'a' },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('has a label in JSON where an object holds objects only', () => {
    const text = '{ "auto_auth": { "method": { "aws": { "mount_path": "auth/aws" } } } }';

    expect(plain(parseAgentConfig(text))).toEqual([
      {
        name: 'auto_auth',
        labels: ['method', 'aws'],
        items: [{ name: 'mount_path', labels: [], value: 'auth/aws' }],
      },
    ]);
  });
});

describe('what the agent can’t read is refused with its line, and nothing of its text:', () => {
  test.each<[string, string, number]>([
    ['a text without an end', 'a = 1\nsecret_key = "never-printed', 2],
    ['a value without quotes', 'a = 1\n\nsecret_key = never-printed', 3],
    ['a block without an end', 'auto_auth {\n  secret_key = "never-printed"\n', 2],
    ['two names and a value', 'a "never-printed" = 1', 1],
    ['a name alone', 'a', 1],
    ['a value twice', 'secret_key = "never-printed"\nsecret_key = "never-printed"', 2],
    ['a list without commas', 'list = ["never-printed" "never-printed"]', 1],
    ['a heredoc without an end', 'a = 1\ntext = <<EOT\nnever-printed\n', 2],
    ['a heredoc whose end has no line break', 'a = 1\ntext = <<EOT\nnever-printed\nEOT', 2],
  ])('%s', (_, text, line) => {
    const refusal = () => parseAgentConfig(text);

    expect(refusal).toThrow(HclError);
    expect(refusal).toThrow(new RegExp(`^line ${line}: (?!.*never-printed)`));
  });
});
