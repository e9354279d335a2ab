# Certloop's processes: `docker run certloop api`, `docker run certloop worker`, `docker run certloop migrate`. It runs as the user `node`
# (uid 1000) and writes to /data and /tmp alone: `--read-only --tmpfs /tmp --cap-drop ALL`, as docker-compose.yml has it.
FROM node:22.21.1-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# The build bundles the workflows too. What only developers need stays behind.
RUN npm run build && npm prune --omit=dev && rm -rf dist/.tsbuildinfo

FROM node:22.21.1-bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production CERTLOOP_HOST=0.0.0.0 CERTLOOP_DATA_DIR=/data CERTLOOP_CACHE_DIR=/tmp/certloop
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE /app/NOTICE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY docker/healthcheck.mjs ./docker/
RUN install -d -o node -g node /data /backups
USER node
VOLUME /data
EXPOSE 8400 8401
HEALTHCHECK --interval=10s --timeout=8s --start-period=60s --retries=6 CMD ["node", "docker/healthcheck.mjs", "healthz"]
ENTRYPOINT ["/usr/bin/tini", "--", "node", "dist/cli/main.js"]
CMD ["api"]
