import type { Command } from './find-on-path';

/** A Python that moto runs on. If the distribution has venv in a separate package, the import fails without it. */
export const PYTHON: Command = {
  product: 'python',
  names: ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'],
  args: ['-c', 'import ensurepip, platform, venv; print("Python", platform.python_version())'],
  version: /^Python (\S+)/m,
  atLeast: '3.10.0',
};

/** What to do if there is none. */
export const PYTHON_ADVICE =
  'Install Python 3.10 or newer with its venv module (Debian and Ubuntu: python3-venv).';
