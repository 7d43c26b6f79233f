// Unit tests are quick, but beside the end-to-end tests two cores are shared by many processes.
jest.setTimeout(60_000);
