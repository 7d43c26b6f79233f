import { LATER, sinkProblems, START } from './agent-problems';

describe('a sink', () => {
  const place = 'auto_auth.sink';

  test.each<[string, string[], string[]]>([
    [
      'that is missing',
      sinkProblems([]),
      [
        `${place}: must be there, or a template, or use_auto_auth_token: otherwise nobody gets the token ${START}`,
      ],
    ],
    [
      'without a path',
      sinkProblems([{ path: '' }]),
      [`${place}.config.path: must name the file, in path ${START}; got ''`],
    ],
    [
      'whose path another has',
      sinkProblems([{ path: '/a' }, { path: '/a' }]),
      [`${place}[1].config.path: two sinks write this file; only the last token stays ${LATER}; got '/a'`],
    ],
    [
      'whose mode was meant in octal',
      sinkProblems([{ path: '/a', mode: 600 }]),
      [
        `${place}.config.mode: must let the owner read and write, and have permission bits only; in HCL 0600 with its zero, in JSON 384 ${LATER}; got 600`,
      ],
    ],
    [
      'whose mode has more than permission bits',
      sinkProblems([{ path: '/a', mode: 0o1600 }]),
      [
        `${place}.config.mode: must let the owner read and write, and have permission bits only; in HCL 0600 with its zero, in JSON 384 ${LATER}; got 896`,
      ],
    ],
    [
      'whose mode lets nobody write',
      sinkProblems([{ path: '/a', mode: 0o400 }]),
      [
        `${place}.config.mode: must let the owner read and write, and have permission bits only; in HCL 0600 with its zero, in JSON 384 ${LATER}; got 256`,
      ],
    ],
    [
      'with encryption and no key of the reader',
      sinkProblems([{ path: '/a', dhType: 'curve25519' }]),
      [`${place}.dh_path: must be there with dh_type: the file of the reader's public key ${START}`],
    ],
    [
      "with a reader's key and no encryption",
      sinkProblems([{ path: '/a', dhPath: '/k' }]),
      [`${place}.dh_type: must be there with dh_path: 'curve25519' ${START}`],
    ],
    [
      'with what is for encryption alone',
      sinkProblems([{ path: '/a', aad: 'aad', deriveKey: true }]),
      ['aad', 'derive_key'].map(
        (name) =>
          `${place}.${name}: must be set together with dh_type and dh_path: it is for encryption ${START}`,
      ),
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
