import { settings } from '../settings';
import { synthApp } from './synth-app';

synthApp(settings);
