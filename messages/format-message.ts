import formatCompiled from "use-intl/format-message/format-only";

type Format = typeof formatCompiled;
type Values = NonNullable<Parameters<Format>[2]>;

/**
 * What next-intl formats by in the pages (next.config.js): sentences that the build has taken apart.
 * The worker and the mails it writes take them apart themselves; a test holds both to the same words.
 * @throws Error where a value is missing, which next-intl reports as a fault of the key.
 */
function formatMessage(...[key, message, values, options]: Parameters<Format>) {
  return formatCompiled(key, message, values && new Proxy(values, { get: given }), options);
}
/** next-intl gives no message of this kind out as it is. */
formatMessage.raw = false;

function given(values: Values, name: string | symbol): unknown {
  if (!(name in values)) throw new Error(`no value for ${String(name)}`);
  return Reflect.get(values, name);
}

export default formatMessage satisfies Format;
