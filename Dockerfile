# The MCP server for reading (or, with --entrypoint tgmcp-actions, for writing) over HTTP. It listens on the loopback
# interface alone, so the container shares the host's network; docs/hosts.md has the commands.
FROM node:22-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm pack --pack-destination /tmp

FROM node:22-slim
COPY --from=build /tmp/tg-guarded-*.tgz /tmp/
RUN npm install --global --ignore-scripts --omit=dev /tmp/tg-guarded-*.tgz && rm /tmp/tg-guarded-*.tgz && npm cache clean --force
# Sessions, state and tokens: a volume of its own, for this user alone.
RUN mkdir --mode=0700 /data && chown node:node /data
USER node
ENV TG_DATA_DIR=/data NODE_ENV=production
VOLUME /data
ENTRYPOINT ["tgmcp-read"]
CMD ["--http", "8700", "--tokens-file", "/data/mcp-tokens.json"]
