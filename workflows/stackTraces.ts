/**
 * The SDK takes a stack trace for every promise that a workflow makes, and most of what a trace costs goes by its
 * frames: four tell where something went wrong. Loaded before the SDK freezes what all programs share.
 */
Error.stackTraceLimit = 4;
