import { blocksOf, type AgentBlock, valueOf } from './agent-item';
import { type AgentProblem, agentProblem } from './agent-problem';
import { checkDuration } from './check-method';
import { secondsOf } from './seconds-of';

/** The sinks of `auto_auth`; JSON may have them in `sinks`. */
export function sinksOf(autoAuth: AgentBlock): AgentBlock[] {
  const wrapped = blocksOf(autoAuth, 'sinks').flatMap((sinks) => {
    const inner = blocksOf(sinks, 'sink');
    return inner.length > 0 ? inner : [sinks];
  });
  return [...blocksOf(autoAuth, 'sink'), ...wrapped];
}

/**
 * The problems of the sinks, and of the other blocks that get the token.
 *
 * Source: `parseAutoAuth`, `parseSinks` and `ValidateConfig` in `command/agent/config/config.go`, `NewFileSink` in
 * `command/agentproxyshared/sink/file/file_sink.go` of Vault (1.21.1).
 *
 * @param root the whole configuration
 */
export function checkSinks(
  root: Pick<AgentBlock, 'place' | 'items'>,
  autoAuth: AgentBlock,
  method: AgentBlock,
): AgentProblem[] {
  const sinks = sinksOf(autoAuth);
  const templates = ['template', 'env_template'].filter((name) => blocksOf(root, name).length > 0);
  const proxies = ['api_proxy', 'cache'].filter((name) =>
    blocksOf(root, name).some(
      (block) => ![undefined, false, 'false'].includes(valueOf(block, 'use_auto_auth_token') as never),
    ),
  );
  return [
    ...sinks.flatMap(checkSink),
    ...samePaths(sinks),
    ...checkWrapping(method, sinks, templates, proxies),
    ...(sinks.length + templates.length + proxies.length === 0
      ? [
          agentProblem(
            autoAuth,
            'sink',
            'start',
            'must be there, or a template, or use_auto_auth_token: otherwise nobody gets the token',
          ),
        ]
      : []),
  ];
}

function checkWrapping(
  method: AgentBlock,
  sinks: readonly AgentBlock[],
  templates: readonly string[],
  proxies: readonly string[],
): AgentProblem[] {
  const wrapTtl = valueOf(method, 'wrap_ttl');
  if (!secondsOf(wrapTtl)) {
    return [];
  }
  const problem = (effect: AgentProblem['effect'], rule: string) =>
    agentProblem(method, 'wrap_ttl', effect, rule, wrapTtl);
  return [
    ...(sinks.length === 1
      ? []
      : [
          problem(
            'start',
            `must be used with exactly one sink, because a wrapped token can be unwrapped only once: here are ${sinks.length}`,
          ),
        ]),
    ...(sinks.length === 1 && secondsOf(valueOf(sinks[0]!, 'wrap_ttl'))
      ? [problem('start', 'must be in the method or in the sink, not in both')]
      : []),
    ...proxies.map((name) =>
      problem('start', `must be left out with ${name}.use_auto_auth_token, which needs the token itself`),
    ),
    ...templates.map((name) =>
      problem(
        'later',
        `must be left out with ${name}, which would get the wrapped response instead of a token`,
      ),
    ),
  ];
}

function checkSink(sink: AgentBlock): AgentProblem[] {
  const type = valueOf(sink, 'type') ?? sink.labels[0]?.toLowerCase();
  if (type !== 'file') {
    return [agentProblem(sink, 'type', 'start', "must be 'file': the agent has no other sink", type ?? '')];
  }
  const [dhType, dhPath] = ['dh_type', 'dh_path'].map((name) => valueOf(sink, name));
  return [
    ...checkDuration(sink, 'wrap_ttl'),
    ...(dhType === undefined || dhType === '' || dhType === 'curve25519'
      ? []
      : [agentProblem(sink, 'dh_type', 'start', "must be 'curve25519': the agent knows no other", dhType)]),
    ...(dhType && !dhPath
      ? [
          agentProblem(
            sink,
            'dh_path',
            'start',
            "must be there with dh_type: the file of the reader's public key",
          ),
        ]
      : []),
    ...(!dhType && dhPath
      ? [agentProblem(sink, 'dh_type', 'start', "must be there with dh_path: 'curve25519'")]
      : []),
    ...(dhType || dhPath
      ? []
      : ['aad', 'derive_key']
          .filter((name) => valueOf(sink, name))
          .map((name) =>
            agentProblem(
              sink,
              name,
              'start',
              'must be set together with dh_type and dh_path: it is for encryption',
            ),
          )),
    ...checkFile(sink),
  ];
}

function checkFile(sink: AgentBlock): AgentProblem[] {
  const [config] = blocksOf(sink, 'config');
  const path = config && valueOf(config, 'path');
  if (!config || typeof path !== 'string' || path === '') {
    return [
      agentProblem(config ?? sink, config ? 'path' : 'config', 'start', 'must name the file, in path', path),
    ];
  }
  const mode = valueOf(config, 'mode');
  if (mode === undefined) {
    return [];
  }
  if (typeof mode !== 'number' || !Number.isInteger(mode)) {
    return [
      agentProblem(
        config,
        'mode',
        'start',
        'must be a number without quotes, 0600 in HCL and 384 in JSON',
        mode,
      ),
    ];
  }
  return mode > 0o777 || mode < 0 || (mode & 0o600) !== 0o600
    ? [
        agentProblem(
          config,
          'mode',
          'later',
          'must let the owner read and write, and have permission bits only; in HCL 0600 with its zero, in JSON 384',
          mode,
        ),
      ]
    : [];
}

function samePaths(sinks: readonly AgentBlock[]): AgentProblem[] {
  const seen = new Set<unknown>();
  return sinks.flatMap((sink) => {
    const [config] = blocksOf(sink, 'config');
    const path = config && valueOf(config, 'path');
    if (config && path !== undefined && seen.has(path)) {
      return [
        agentProblem(config, 'path', 'later', 'two sinks write this file; only the last token stays', path),
      ];
    }
    seen.add(path);
    return [];
  });
}
