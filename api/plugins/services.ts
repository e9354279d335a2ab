import fp from 'fastify-plugin';
import type { Services } from '../services.ts';

/** Gives routes what they work with, as `app.services`. */
export const services = fp<Services>(
  async (app, given) => {
    const { database, gateway, states, files, settings, executions } = given;
    app.decorate('services', { database, gateway, states, files, settings, executions });
  },
  { name: 'services' },
);
