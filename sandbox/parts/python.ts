import type { Command } from './find-on-path';

/** A Python that moto runs on; distributions that keep venv in a package of its own fail the import. */
export const PYTHON: Command = {
  product: 'python',
  names: ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'],
  args: ['-c', 'import ensurepip, platform, venv; print("Python", platform.python_version())'],
  version: /^Python (\S+)/m,
  atLeast: '3.10.0',
};

/** What a person does where there is none. */
export const PYTHON_ADVICE =
  'Install Python 3.10 or newer with its venv module (Debian and Ubuntu: python3-venv).';
