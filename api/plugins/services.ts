import fp from 'fastify-plugin';
import type { Services } from '../services.ts';

/** Gives routes what they work with, as `app.services`. */
export const services = fp<Services>(
  async (app, given) => {
    const { database, gateway, states, settings } = given;
    app.decorate('services', { database, gateway, states, settings });
  },
  { name: 'services' },
);
