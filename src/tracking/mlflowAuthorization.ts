/** Credentials for MLflow, from the variables that its Python client reads. */

/** A name with a password goes before a token, as in the Python client. */
export function authorization(environment: NodeJS.ProcessEnv): { readonly authorization?: string } {
  const {
    MLFLOW_TRACKING_USERNAME: name,
    MLFLOW_TRACKING_PASSWORD: password,
    MLFLOW_TRACKING_TOKEN: token,
  } = environment;
  if (name && password) {
    return { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
  }
  return token ? { authorization: `Bearer ${token}` } : {};
}
