/**
 * From version 1.30 on, onnxruntime notes on every platform how it is used, under an id that it
 * keeps in the user's cache folder, and sends it to its makers. What a plant inspects is its own
 * affair: flawmap switches that off, unless the user has set the variable himself. It is read when
 * the library is loaded, so this is imported before it.
 */
process.env.ORT_DISABLE_TELEMETRY ??= '1';
