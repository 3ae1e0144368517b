/** The three files an import takes. Each is told from the others by its header. */
export const CSV_KINDS = ["accounts", "apps", "members"] as const;
export type CsvKind = (typeof CSV_KINDS)[number];

export const CSV_COLUMNS = {
  accounts: ["uin", "name", "tier", "tags", "homeRegion"],
  apps: ["sdkAppId", "uin", "name", "product", "region", "apiOnly", "platforms"],
  members: ["uin", "email", "name", "role", "locale"],
} as const satisfies Record<CsvKind, readonly string[]>;
export type CsvColumn = (typeof CSV_COLUMNS)[CsvKind][number];

const OPTIONAL: readonly CsvColumn[] = [
  ...(["tier", "tags", "homeRegion"] as const),
  ...(["region", "apiOnly", "platforms", "locale"] as const),
];

/** Columns that only one kind of file has. */
const TELLING: Record<CsvKind, readonly CsvColumn[]> = {
  apps: ["sdkAppId", "product", "region", "apiOnly", "platforms"],
  members: ["email", "role", "locale"],
  accounts: ["uin"],
};

/** How people head a column, in the form of `plainHeader`; the first is how our samples write it. */
const HEADERS: Record<Exclude<CsvColumn, "name">, readonly string[]> = {
  uin: ["uin", "账号uin", "账号id", "账号", "accountuin", "account"],
  tier: ["tier", "accounttier", "级别", "账号级别", "客户级别", "等级", "客户等级"],
  tags: ["tags", "tag", "labels", "标签", "账号标签", "客户标签"],
  homeRegion: [
    ...["homeregion", "home", "country", "countryregion", "countryorregion"],
    ...["地区", "所在地区", "账号地区", "国家", "国家地区", "国家/地区", "国家或地区"],
  ],
  sdkAppId: ["sdkappid", "应用id", "应用sdkappid", "appid"],
  product: ["product", "产品", "产品标识", "产品名称"],
  region: ["region", "地域", "区域", "数据地域", "数据中心"],
  apiOnly: ["apionly", "仅api", "仅用api", "仅使用api", "仅服务端api"],
  platforms: ["platforms", "platform", "平台", "平台与版本", "平台和版本", "平台版本", "sdk版本"],
  email: ["email", "mail", "emailaddress", "邮箱", "电子邮箱", "邮箱地址", "邮件地址"],
  role: ["role", "角色"],
  locale: ["locale", "language", "语言"],
};
const NAME_HEADERS: Record<CsvKind, readonly string[]> = {
  accounts: ["name", "accountname", "company", "名称", "账号名称", "公司名称", "企业名称"],
  apps: ["name", "appname", "名称", "应用名称", "应用"],
  members: ["name", "fullname", "姓名", "名称", "成员姓名"],
};

export type Header = {
  kind: CsvKind;
  width: number;
  places: ReadonlyMap<CsvColumn, number>;
  missing: readonly CsvColumn[];
  repeated: readonly CsvColumn[];
  /** Headers that mean nothing here, as written. */
  ignored: readonly string[];
};

/** Reads the first row of a file; null when it heads none of the three. */
export function readHeader(cells: readonly string[]): Header | null {
  const plain = cells.map(plainHeader);
  const kind = (["apps", "members", "accounts"] as const).find((one) =>
    TELLING[one].some((column) => plain.some((cell) => heads(one, column, cell))),
  );
  if (!kind) return null;

  const columns: readonly CsvColumn[] = CSV_COLUMNS[kind];
  const found = plain.map((cell) => columns.find((column) => heads(kind, column, cell)));
  const places = new Map<CsvColumn, number>();
  found.forEach((column, place) => {
    if (column && !places.has(column)) places.set(column, place);
  });
  return {
    kind,
    width: cells.length,
    places,
    missing: columns.filter((column) => !places.has(column) && !OPTIONAL.includes(column)),
    repeated: columns.filter((column) => found.filter((one) => one === column).length > 1),
    ignored: cells.filter((cell, place) => found[place] === undefined && cell.trim() !== ""),
  };
}

/** "SDKAppID(必填)", "sdk_app_id" and "SDKAppID" are one header. */
function plainHeader(cell: string): string {
  return cell
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\([^)]*\)|[\s_\-.*:"']/g, "");
}

const heads = (kind: CsvKind, column: CsvColumn, cell: string): boolean =>
  (column === "name" ? NAME_HEADERS[kind] : HEADERS[column]).includes(cell);
