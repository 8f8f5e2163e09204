/** The one direction of imports (docs/decisions and README): protocol <- engine <- gpu-node, web; relay knows protocol only. */
const only = (folder, allowed) => ({
  name: `${folder} imports only ${["itself", ...allowed].join(", ")}`,
  severity: "error",
  from: { path: `^${folder}/` },
  to: {
    path: "^(protocol|engine|gpu-node|relay|web|bin|bench|e2e)/",
    pathNot: `^(${[folder, ...allowed].join("|")})/`,
  },
});

/** Tests of a folder may use what its own code may not. */
const production = "\\.(test|gpu\\.test|browser\\.test)\\.ts$";

export default {
  forbidden: [
    {
      name: "no cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    { ...only("protocol", []), from: { path: "^protocol/", pathNot: production } },
    { ...only("engine", ["protocol"]), from: { path: "^engine/", pathNot: production } },
    { ...only("gpu-node", ["protocol", "engine"]), from: { path: "^gpu-node/", pathNot: production } },
    { ...only("relay", ["protocol"]), from: { path: "^relay/", pathNot: production } },
    { ...only("web", ["protocol", "engine"]), from: { path: "^web/", pathNot: production } },
    {
      name: "protocol, engine and web need no Node",
      severity: "error",
      from: { path: "^(protocol/src|engine/src|web/src)/", pathNot: production },
      to: { dependencyTypes: ["core"] },
    },
    { name: "every import is found", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(node_modules|/dist/|/generated/)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
