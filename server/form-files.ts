import "server-only";

export type GivenFile = { fileName: string; bytes: Uint8Array<ArrayBuffer> };

/**
 * What the file of a field left empty is called. Browsers send "", which a form read as it came keeps;
 * React's decoder of actions makes "undefined" of it, and `FormData.append` "undefined" or "blob",
 * which differs between versions of Node.
 */
const NAMES_OF_NOTHING = ["", "undefined", "blob"];

/** Every file chosen in a field, in order; one of no bytes but with a name is there, for the verb to refuse. */
export function readFiles(form: FormData, name: string): Promise<GivenFile[]> {
  const chosen = form
    .getAll(name)
    .filter((one) => one instanceof File)
    .filter((file) => file.size > 0 || !NAMES_OF_NOTHING.includes(file.name));
  return Promise.all(
    chosen.map(async (file) => ({
      fileName: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })),
  );
}

/** The file chosen in a field; null where none was. */
export async function readFile(form: FormData, name: string): Promise<GivenFile | null> {
  const [file] = await readFiles(form, name);
  return file ?? null;
}

/** The file of a field that needs one: where none was chosen, one of no bytes, which verbs refuse. */
export async function readNeededFile(form: FormData, name: string): Promise<GivenFile> {
  return (await readFile(form, name)) ?? { fileName: "", bytes: new Uint8Array() };
}
