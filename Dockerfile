# Certloop's processes: `docker run certloop api`, `docker run certloop worker`, `docker run certloop migrate`.
FROM node:22-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production CERTLOOP_HOST=0.0.0.0 CERTLOOP_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8400
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["api"]
