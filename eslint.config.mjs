import { readdirSync } from "node:fs";
import next from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";

/** Nothing of the domain: one rule of it may bring the reader of whole policies into the browser. */
const SAFE_IN_BROWSER = /^@\/(components|lib\/|messages\/|db\/vocabulary\/)/;

/** "use client" is a directive, not a path, so no path rule can see it. */
const clientStaysLight = {
  create(context) {
    const isClient = context.sourceCode.ast.body[0]?.directive === "use client";
    if (!isClient) return {};
    return {
      Program(node) {
        if (/(^|\/)(page|layout)\.tsx$/.test(context.filename))
          context.report({ node, message: "Pages and layouts render on the server" });
      },
      ImportDeclaration({ importKind, source, specifiers }) {
        const typesOnly =
          importKind === "type" ||
          (specifiers.length > 0 && specifiers.every((one) => one.importKind === "type"));
        if (typesOnly || !source.value.startsWith("@/") || SAFE_IN_BROWSER.test(source.value))
          return;
        context.report({
          loc: source.loc,
          message: `A client file may not load ${source.value}`,
        });
      },
    };
  },
};

const kebabFileNames = {
  create: (context) => ({
    Program(node) {
      const name = context.filename.split("/").pop();
      if (!/^(\[+(\.\.\.)?[a-zA-Z]+\]+|[a-z0-9]+)([-.][a-z0-9]+)*$/.test(name))
        context.report({ node, message: `Name this file in kebab-case: ${name}` });
    },
  }),
};

const DOORS = ["formAction", "publicAction", "buttonAction"];

/** Every export of a "use server" file is a public endpoint; its door is in server/action.ts. */
const actionsAreWrapped = {
  create(context) {
    if (context.sourceCode.ast.body[0]?.directive !== "use server") return {};
    const isWrapped = ({ init }) =>
      init?.type === "CallExpression" && DOORS.includes(init.callee.name);
    return {
      "ExportNamedDeclaration, ExportDefaultDeclaration, ExportAllDeclaration"(node) {
        if (node.exportKind === "type") return;
        const { declaration } = node;
        if (
          declaration?.type === "VariableDeclaration" &&
          declaration.declarations.every(isWrapped)
        )
          return;
        context.report({ node, message: "Export server actions as const name = formAction(…)" });
      },
    };
  },
};

const PLACES = new Set(
  readdirSync(new URL("./app/[locale]", import.meta.url), { recursive: true })
    .map((file) => `/${file.replaceAll("\\", "/")}`)
    .filter((file) => /\/(page\.tsx|route\.ts)$/.test(file))
    .map((file) => file.replace(/\/[^/]+$/, "").replace(/\/\([^/]+\)/g, ""))
    .map((place) => place.replace(/\[[^/]+\]/g, "*") || "/"),
);
const ROOMS = [...PLACES].map((place) => place.split("/")[1]).filter((room) => /\w/.test(room));
const SPELT = new RegExp(`^/(${[...new Set(ROOMS)].join("|")})(?![\\w.-])`);

/** Addresses of the site are places of app/[locale], made by lib/addresses, which the compiler checks. */
const addressesAreMade = {
  create(context) {
    const refuse = (node) =>
      context.report({ node, message: "Make an address by at(…) or withLanguage(…)" });
    const isPlace = ({ parent }) => parent.type === "CallExpression" && parent.callee.name === "at";
    return {
      Literal(node) {
        if (SPELT.test(node.value) && !PLACES.has(node.value)) refuse(node);
      },
      TemplateLiteral(node) {
        const [first, ...rest] = node.quasis.map(({ value }) => value.raw);
        const hasLanguage = first === "/" && rest.length > 1 && rest[0] === "";
        const isSpelt = [first, ...rest].some((text) => SPELT.test(text));
        if ((isSpelt && !isPlace(node)) || hasLanguage) refuse(node);
      },
      JSXText(node) {
        if (SPELT.test(node.value.trim())) refuse(node);
      },
    };
  },
};

/** Packages, then "@/…", then relative paths, a blank line between; a file that runs on import is no matter of order. */
const importsInOrder = {
  meta: { fixable: "code" },
  create: (context) => ({
    Program({ body }) {
      const imports = body.filter(({ type }) => type === "ImportDeclaration");
      const [first, last] = [imports[0], imports.at(-1)];
      if (!first || body.indexOf(last) - body.indexOf(first) >= imports.length) return;
      const groups = [/^(?!@\/|\.)/, /^@\//, /^\./].map((group) =>
        imports.filter(({ source }) => group.test(source.value)),
      );
      const written = groups
        .filter((group) => group.length > 0)
        .map((group) => group.map((one) => context.sourceCode.getText(one)).join("\n"))
        .join("\n\n");
      const range = [first.range[0], last.range[1]];
      const text = context.sourceCode.text.slice(...range);
      if (text === written || context.sourceCode.commentsExistBetween(first, last)) return;
      context.report({
        node: first,
        message: "Import packages, then @/…, then relative paths, with a blank line between",
        fix: (fixer) => fixer.replaceTextRange(range, written),
      });
    },
  }),
};

const REACT_RULES = next
  .flatMap(({ rules = {} }) => Object.keys(rules))
  .filter((rule) => /^(react|react-hooks|jsx-a11y)\//.test(rule));

const TWO_LEVELS_UP = { regex: "^(\\.\\./){2,}", message: "Two levels up? Use @/…" };
const BASE_UI = {
  regex: "^@base-ui/react",
  message: "Only components/ui wraps Base UI, so that it can be swapped in one place.",
};
const TONES = {
  regex: "(^|/)ui/status$",
  message: "Show where a thing stands by the component of its *-status.tsx, which holds its tones.",
};

/** Of a page's content; a field or a popover may have one of its own. */
const WIDTHS = [
  String.raw`/(^|[\s:])max-w-(1[3-9]\d|[2-9]\d\d|\[\d+(px|rem))/`,
  String.raw`/grid-cols-\[\S*_(\d{3,}px|[2-9]\d(\.\d+)?rem)/`,
].flatMap((width) => [`Literal[value=${width}]`, `TemplateElement[value.raw=${width}]`]);

export default tseslint.config(
  {
    ignores: [
      "node_modules",
      ".next",
      "test-results",
      ".data",
      "public",
      "next-env.d.ts",
      "**/*.cjs",
      "{next,playwright,drizzle,postcss}.config.*",
    ],
  },
  ...next,
  ...tseslint.configs.strict,
  {
    plugins: {
      house: {
        rules: {
          "client-stays-light": clientStaysLight,
          "actions-are-wrapped": actionsAreWrapped,
          "kebab-file-names": kebabFileNames,
          "addresses-are-made": addressesAreMade,
          "imports-in-order": importsInOrder,
        },
      },
    },
    rules: {
      "house/client-stays-light": "error",
      "house/actions-are-wrapped": "error",
      "house/kebab-file-names": "error",
      "house/addresses-are-made": "error",
      "house/imports-in-order": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      // A switch over a closed list counts once: that it is whole, the compiler sees to.
      complexity: ["error", { max: 10, variant: "modified" }],
      "max-params": ["error", 3],
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-restricted-imports": ["error", { patterns: [TWO_LEVELS_UP, BASE_UI, TONES] }],
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Read lib/env instead." },
      ],
    },
  },
  {
    // React cannot be loaded there (.dependency-cruiser.cjs), so its rules would look for nothing.
    files: ["{bell,db,domain,jobs,lib,messages,scripts,stand-ins,text,wording}/**"],
    rules: Object.fromEntries(REACT_RULES.map((rule) => [rule, "off"])),
  },
  {
    files: ["components/ui/**"],
    rules: { "no-restricted-imports": ["error", { patterns: [TWO_LEVELS_UP] }] },
  },
  {
    files: ["**/*-status.tsx"],
    rules: { "no-restricted-imports": ["error", { patterns: [TWO_LEVELS_UP, BASE_UI] }] },
  },
  {
    files: ["app/**", "components/**"],
    ignores: ["components/ui/**", "**/*-status.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...[
          "JSXOpeningElement[name.name='Chip'] > JSXAttribute[name.name='tone']",
          "VariableDeclarator[id.name=/TONES$/]",
        ].map((selector) => ({ selector, message: TONES.message })),
        ...WIDTHS.map((selector) => ({
          selector,
          message: "How wide a page is stands in app/tokens.css; its layout in components/layout.",
        })),
        // A function spreads to nothing, and the types let it: a form once sent nothing by it.
        {
          selector: ":matches(SpreadElement, JSXSpreadAttribute) > Identifier[name='at']",
          message: "`at` makes an address: what is spread has a name of its own.",
        },
      ],
    },
  },
  {
    files: [
      "lib/env.ts",
      "instrumentation.ts",
      "stand-ins/read-environment.ts",
      "scripts/**",
      "tests/**",
      "**/*.test.ts",
      "**/*.test.tsx",
    ],
    rules: { "no-restricted-properties": "off" },
  },
  {
    files: ["domain/**"],
    ignores: ["**/*.test.ts", "domain/rows.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "Time is an input: use ctx.now.",
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: "Time is an input: use ctx.now.",
        },
        { selector: "TSAsExpression > TSAnyKeyword", message: "No any." },
        ...[
          "CallExpression[callee.property.name='offset']",
          "CallExpression[callee.property.name='limit'] > BinaryExpression",
          "TaggedTemplateExpression BinaryExpression[operator='+'][right.value=1]",
          "TaggedTemplateExpression TemplateElement[value.raw=/\\boffset\\b/i]",
        ].map((selector) => ({ selector, message: "A list turns its pages by readPage." })),
        ...[
          ":not(AwaitExpression) > CallExpression[callee.property.name='execute']",
          ":not(ExpressionStatement) > AwaitExpression > CallExpression[callee.property.name='execute']",
          "CallExpression[callee.property.name='execute'] > TSTypeParameterInstantiation",
        ].map((selector) => ({ selector, message: "Rows are read by a schema: domain/rows.ts." })),
      ],
    },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "tests/**", "scripts/**", "lib/addresses.ts"],
    rules: { "house/addresses-are-made": "off" },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "tests/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "max-lines": ["error", 400],
      "no-restricted-imports": "off",
      "max-lines-per-function": "off",
    },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...["mock", "doMock", "resetModules"].map((property) => ({
          object: "vi",
          property,
          message:
            "Files share a process: whoever loads a module first would decide it for all. See vitest.config.ts.",
        })),
      ],
    },
  },
  {
    files: ["tests/e2e/*.spec.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { name: "@playwright/test", message: "Take test and expect from ./support/test." },
      ],
    },
  },
  {
    // A row for each surface: as long as the product.
    files: ["tests/e2e/support/surfaces.ts"],
    rules: { "max-lines": "off" },
  },
);
