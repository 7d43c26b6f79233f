export { checkApp } from './check-app';
