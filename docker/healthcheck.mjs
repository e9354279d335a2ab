// For HEALTHCHECK: whether this container's process lives (healthz) or can do its work (readyz). Which ports it has, its settings say.
const port = process.env.CERTLOOP_METRICS_PORT || 8401;
const path = process.argv[2] ?? 'healthz';
try {
  const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { signal: AbortSignal.timeout(6_000) });
  console.log(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.log(`Nothing answers on port ${port}: ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
