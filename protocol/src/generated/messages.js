/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";
$protobuf.util.Long = undefined;
$protobuf.configure();

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const eyepiece = $root.eyepiece = (() => {

    /**
     * Namespace eyepiece.
     * @exports eyepiece
     * @namespace
     */
    const eyepiece = {};

    eyepiece.node = (function() {

        /**
         * Namespace node.
         * @memberof eyepiece
         * @namespace
         */
        const node = {};

        node.NodeRequest = (function() {

            /**
             * Properties of a NodeRequest.
             * @typedef {Object} eyepiece.node.NodeRequest.$Properties
             * @property {number|null} [id] NodeRequest id
             * @property {eyepiece.node.ListSessions.$Properties|null} [listSessions] NodeRequest listSessions
             * @property {eyepiece.node.CreateSession.$Properties|null} [createSession] NodeRequest createSession
             * @property {eyepiece.node.EndSession.$Properties|null} [endSession] NodeRequest endSession
             * @property {eyepiece.node.ListFolder.$Properties|null} [listFolder] NodeRequest listFolder
             * @property {eyepiece.node.Describe.$Properties|null} [describe] NodeRequest describe
             * @property {eyepiece.node.ReadFile.$Properties|null} [readFile] NodeRequest readFile
             * @property {"listSessions"|"createSession"|"endSession"|"listFolder"|"describe"|"readFile"} [what] NodeRequest what
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeRequest.
             * @memberof eyepiece.node
             * @interface INodeRequest
             * @augments eyepiece.node.NodeRequest.$Properties
             * @deprecated Use eyepiece.node.NodeRequest.$Properties instead.
             */

            /**
             * Narrowed shape of a NodeRequest.
             * @typedef {{
             *   id?: number|null;
             *   listSessions?: eyepiece.node.ListSessions.$Shape|null;
             *   createSession?: eyepiece.node.CreateSession.$Shape|null;
             *   endSession?: eyepiece.node.EndSession.$Shape|null;
             *   listFolder?: eyepiece.node.ListFolder.$Shape|null;
             *   describe?: eyepiece.node.Describe.$Shape|null;
             *   readFile?: eyepiece.node.ReadFile.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ what?: undefined; listSessions?: null; createSession?: null; endSession?: null; listFolder?: null; describe?: null; readFile?: null }|{ what?: "listSessions"; listSessions: eyepiece.node.ListSessions.$Shape; createSession?: null; endSession?: null; listFolder?: null; describe?: null; readFile?: null }|{ what?: "createSession"; listSessions?: null; createSession: eyepiece.node.CreateSession.$Shape; endSession?: null; listFolder?: null; describe?: null; readFile?: null }|{ what?: "endSession"; listSessions?: null; createSession?: null; endSession: eyepiece.node.EndSession.$Shape; listFolder?: null; describe?: null; readFile?: null }|{ what?: "listFolder"; listSessions?: null; createSession?: null; endSession?: null; listFolder: eyepiece.node.ListFolder.$Shape; describe?: null; readFile?: null }|{ what?: "describe"; listSessions?: null; createSession?: null; endSession?: null; listFolder?: null; describe: eyepiece.node.Describe.$Shape; readFile?: null }|{ what?: "readFile"; listSessions?: null; createSession?: null; endSession?: null; listFolder?: null; describe?: null; readFile: eyepiece.node.ReadFile.$Shape })
             * )} eyepiece.node.NodeRequest.$Shape
             */

            /**
             * Constructs a new NodeRequest.
             * @memberof eyepiece.node
             * @classdesc Represents a NodeRequest.
             * @constructor
             * @param {eyepiece.node.NodeRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeRequest id.
             * @member {number} id
             * @memberof eyepiece.node.NodeRequest
             * @instance
             */
            NodeRequest.prototype.id = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NodeRequest listSessions.
             * @member {eyepiece.node.ListSessions.$Properties|null|undefined} listSessions
             * @memberof eyepiece.node.NodeRequest
             * @instance
             */
            NodeRequest.prototype.listSessions = null;

            /**
             * NodeRequest createSession.
             * @member {eyepiece.node.CreateSession.$Properties|null|undefined} createSession
             * @memberof eyepiece.node.NodeRequest
             * @instance
             */
            NodeRequest.prototype.createSession = null;

            /**
             * NodeRequest endSession.
             * @member {eyepiece.node.EndSession.$Properties|null|undefined} endSession
             * @memberof eyepiece.node.NodeRequest
             * @instance
             */
            NodeRequest.prototype.endSession = null;

            /**
             * NodeRequest listFolder.
             * @member {eyepiece.node.ListFolder.$Properties|null|undefined} listFolder
             * @memberof eyepiece.node.NodeRequest
             * @instance
             */
            NodeRequest.prototype.listFolder = null;

            /**
             * NodeRequest describe.
             * @member {eyepiece.node.Describe.$Properties|null|undefined} describe
             * @memberof eyepiece.node.NodeRequest
             * @instance
             */
            NodeRequest.prototype.describe = null;

            /**
             * NodeRequest readFile.
             * @member {eyepiece.node.ReadFile.$Properties|null|undefined} readFile
             * @memberof eyepiece.node.NodeRequest
             * @instance
             */
            NodeRequest.prototype.readFile = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * NodeRequest what.
             * @member {"listSessions"|"createSession"|"endSession"|"listFolder"|"describe"|"readFile"|undefined} what
             * @memberof eyepiece.node.NodeRequest
             * @instance
             */
            $Object.defineProperty(NodeRequest.prototype, "what", {
                get: $util.oneOfGetter($oneOfFields = ["listSessions", "createSession", "endSession", "listFolder", "describe", "readFile"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified NodeRequest message. Does not implicitly {@link eyepiece.node.NodeRequest.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.NodeRequest
             * @static
             * @param {eyepiece.node.NodeRequest.$Properties} message NodeRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && (typeof message.id === "object" ? message.id.low || message.id.high : message.id !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.id);
                if (message.listSessions != null && $Object.hasOwnProperty.call(message, "listSessions"))
                    $root.eyepiece.node.ListSessions.encode(message.listSessions, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.createSession != null && $Object.hasOwnProperty.call(message, "createSession"))
                    $root.eyepiece.node.CreateSession.encode(message.createSession, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.endSession != null && $Object.hasOwnProperty.call(message, "endSession"))
                    $root.eyepiece.node.EndSession.encode(message.endSession, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.listFolder != null && $Object.hasOwnProperty.call(message, "listFolder"))
                    $root.eyepiece.node.ListFolder.encode(message.listFolder, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.describe != null && $Object.hasOwnProperty.call(message, "describe"))
                    $root.eyepiece.node.Describe.encode(message.describe, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.readFile != null && $Object.hasOwnProperty.call(message, "readFile"))
                    $root.eyepiece.node.ReadFile.encode(message.readFile, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeRequest message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.NodeRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.NodeRequest & eyepiece.node.NodeRequest.$Shape} NodeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.NodeRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.listSessions = $root.eyepiece.node.ListSessions.decode(reader, reader.size(), $undefined, _depth + 1, message.listSessions);
                            message.what = "listSessions";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.createSession = $root.eyepiece.node.CreateSession.decode(reader, reader.size(), $undefined, _depth + 1, message.createSession);
                            message.what = "createSession";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.endSession = $root.eyepiece.node.EndSession.decode(reader, reader.size(), $undefined, _depth + 1, message.endSession);
                            message.what = "endSession";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.listFolder = $root.eyepiece.node.ListFolder.decode(reader, reader.size(), $undefined, _depth + 1, message.listFolder);
                            message.what = "listFolder";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.describe = $root.eyepiece.node.Describe.decode(reader, reader.size(), $undefined, _depth + 1, message.describe);
                            message.what = "describe";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.readFile = $root.eyepiece.node.ReadFile.decode(reader, reader.size(), $undefined, _depth + 1, message.readFile);
                            message.what = "readFile";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for NodeRequest
             * @function getTypeUrl
             * @memberof eyepiece.node.NodeRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NodeRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.NodeRequest";
            };

            return NodeRequest;
        })();

        node.ListSessions = (function() {

            /**
             * Properties of a ListSessions.
             * @typedef {Object} eyepiece.node.ListSessions.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListSessions.
             * @memberof eyepiece.node
             * @interface IListSessions
             * @augments eyepiece.node.ListSessions.$Properties
             * @deprecated Use eyepiece.node.ListSessions.$Properties instead.
             */

            /**
             * Shape of a ListSessions.
             * @typedef {eyepiece.node.ListSessions.$Properties} eyepiece.node.ListSessions.$Shape
             */

            /**
             * Constructs a new ListSessions.
             * @memberof eyepiece.node
             * @classdesc Represents a ListSessions.
             * @constructor
             * @param {eyepiece.node.ListSessions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListSessions = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified ListSessions message. Does not implicitly {@link eyepiece.node.ListSessions.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.ListSessions
             * @static
             * @param {eyepiece.node.ListSessions.$Properties} message ListSessions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListSessions.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListSessions message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.ListSessions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.ListSessions & eyepiece.node.ListSessions.$Shape} ListSessions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListSessions.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.ListSessions();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ListSessions
             * @function getTypeUrl
             * @memberof eyepiece.node.ListSessions
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ListSessions.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.ListSessions";
            };

            return ListSessions;
        })();

        node.CreateSession = (function() {

            /**
             * Properties of a CreateSession.
             * @typedef {Object} eyepiece.node.CreateSession.$Properties
             * @property {string|null} [title] CreateSession title
             * @property {Array.<string>|null} [open] CreateSession open
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CreateSession.
             * @memberof eyepiece.node
             * @interface ICreateSession
             * @augments eyepiece.node.CreateSession.$Properties
             * @deprecated Use eyepiece.node.CreateSession.$Properties instead.
             */

            /**
             * Shape of a CreateSession.
             * @typedef {eyepiece.node.CreateSession.$Properties} eyepiece.node.CreateSession.$Shape
             */

            /**
             * Constructs a new CreateSession.
             * @memberof eyepiece.node
             * @classdesc Represents a CreateSession.
             * @constructor
             * @param {eyepiece.node.CreateSession.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CreateSession = function (properties) {
                this.open = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CreateSession title.
             * @member {string} title
             * @memberof eyepiece.node.CreateSession
             * @instance
             */
            CreateSession.prototype.title = "";

            /**
             * CreateSession open.
             * @member {Array.<string>} open
             * @memberof eyepiece.node.CreateSession
             * @instance
             */
            CreateSession.prototype.open = $util.emptyArray;

            /**
             * Encodes the specified CreateSession message. Does not implicitly {@link eyepiece.node.CreateSession.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.CreateSession
             * @static
             * @param {eyepiece.node.CreateSession.$Properties} message CreateSession message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CreateSession.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.title != null && $Object.hasOwnProperty.call(message, "title") && message.title !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.title);
                if (message.open != null && message.open.length)
                    for (let i = 0; i < message.open.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.open[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CreateSession message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.CreateSession
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.CreateSession & eyepiece.node.CreateSession.$Shape} CreateSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CreateSession.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.CreateSession();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.title = value;
                            else
                                delete message.title;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.open && message.open.length))
                                message.open = [];
                            message.open.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for CreateSession
             * @function getTypeUrl
             * @memberof eyepiece.node.CreateSession
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CreateSession.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.CreateSession";
            };

            return CreateSession;
        })();

        node.EndSession = (function() {

            /**
             * Properties of an EndSession.
             * @typedef {Object} eyepiece.node.EndSession.$Properties
             * @property {string|null} [session] EndSession session
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an EndSession.
             * @memberof eyepiece.node
             * @interface IEndSession
             * @augments eyepiece.node.EndSession.$Properties
             * @deprecated Use eyepiece.node.EndSession.$Properties instead.
             */

            /**
             * Shape of an EndSession.
             * @typedef {eyepiece.node.EndSession.$Properties} eyepiece.node.EndSession.$Shape
             */

            /**
             * Constructs a new EndSession.
             * @memberof eyepiece.node
             * @classdesc Represents an EndSession.
             * @constructor
             * @param {eyepiece.node.EndSession.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const EndSession = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * EndSession session.
             * @member {string} session
             * @memberof eyepiece.node.EndSession
             * @instance
             */
            EndSession.prototype.session = "";

            /**
             * Encodes the specified EndSession message. Does not implicitly {@link eyepiece.node.EndSession.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.EndSession
             * @static
             * @param {eyepiece.node.EndSession.$Properties} message EndSession message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            EndSession.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.session);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an EndSession message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.EndSession
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.EndSession & eyepiece.node.EndSession.$Shape} EndSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            EndSession.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.EndSession();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.session = value;
                            else
                                delete message.session;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for EndSession
             * @function getTypeUrl
             * @memberof eyepiece.node.EndSession
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            EndSession.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.EndSession";
            };

            return EndSession;
        })();

        node.ListFolder = (function() {

            /**
             * Properties of a ListFolder.
             * @typedef {Object} eyepiece.node.ListFolder.$Properties
             * @property {string|null} [path] ListFolder path
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ListFolder.
             * @memberof eyepiece.node
             * @interface IListFolder
             * @augments eyepiece.node.ListFolder.$Properties
             * @deprecated Use eyepiece.node.ListFolder.$Properties instead.
             */

            /**
             * Shape of a ListFolder.
             * @typedef {eyepiece.node.ListFolder.$Properties} eyepiece.node.ListFolder.$Shape
             */

            /**
             * Constructs a new ListFolder.
             * @memberof eyepiece.node
             * @classdesc Represents a ListFolder.
             * @constructor
             * @param {eyepiece.node.ListFolder.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ListFolder = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ListFolder path.
             * @member {string} path
             * @memberof eyepiece.node.ListFolder
             * @instance
             */
            ListFolder.prototype.path = "";

            /**
             * Encodes the specified ListFolder message. Does not implicitly {@link eyepiece.node.ListFolder.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.ListFolder
             * @static
             * @param {eyepiece.node.ListFolder.$Properties} message ListFolder message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ListFolder.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ListFolder message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.ListFolder
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.ListFolder & eyepiece.node.ListFolder.$Shape} ListFolder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ListFolder.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.ListFolder();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ListFolder
             * @function getTypeUrl
             * @memberof eyepiece.node.ListFolder
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ListFolder.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.ListFolder";
            };

            return ListFolder;
        })();

        node.Describe = (function() {

            /**
             * Properties of a Describe.
             * @typedef {Object} eyepiece.node.Describe.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Describe.
             * @memberof eyepiece.node
             * @interface IDescribe
             * @augments eyepiece.node.Describe.$Properties
             * @deprecated Use eyepiece.node.Describe.$Properties instead.
             */

            /**
             * Shape of a Describe.
             * @typedef {eyepiece.node.Describe.$Properties} eyepiece.node.Describe.$Shape
             */

            /**
             * Constructs a new Describe.
             * @memberof eyepiece.node
             * @classdesc Represents a Describe.
             * @constructor
             * @param {eyepiece.node.Describe.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Describe = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Describe message. Does not implicitly {@link eyepiece.node.Describe.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.Describe
             * @static
             * @param {eyepiece.node.Describe.$Properties} message Describe message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Describe.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Describe message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.Describe
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.Describe & eyepiece.node.Describe.$Shape} Describe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Describe.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.Describe();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Describe
             * @function getTypeUrl
             * @memberof eyepiece.node.Describe
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Describe.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.Describe";
            };

            return Describe;
        })();

        node.ReadFile = (function() {

            /**
             * Properties of a ReadFile.
             * @typedef {Object} eyepiece.node.ReadFile.$Properties
             * @property {string|null} [path] ReadFile path
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ReadFile.
             * @memberof eyepiece.node
             * @interface IReadFile
             * @augments eyepiece.node.ReadFile.$Properties
             * @deprecated Use eyepiece.node.ReadFile.$Properties instead.
             */

            /**
             * Shape of a ReadFile.
             * @typedef {eyepiece.node.ReadFile.$Properties} eyepiece.node.ReadFile.$Shape
             */

            /**
             * Constructs a new ReadFile.
             * @memberof eyepiece.node
             * @classdesc Represents a ReadFile.
             * @constructor
             * @param {eyepiece.node.ReadFile.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ReadFile = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ReadFile path.
             * @member {string} path
             * @memberof eyepiece.node.ReadFile
             * @instance
             */
            ReadFile.prototype.path = "";

            /**
             * Encodes the specified ReadFile message. Does not implicitly {@link eyepiece.node.ReadFile.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.ReadFile
             * @static
             * @param {eyepiece.node.ReadFile.$Properties} message ReadFile message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ReadFile.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ReadFile message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.ReadFile
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.ReadFile & eyepiece.node.ReadFile.$Shape} ReadFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ReadFile.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.ReadFile();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ReadFile
             * @function getTypeUrl
             * @memberof eyepiece.node.ReadFile
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ReadFile.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.ReadFile";
            };

            return ReadFile;
        })();

        node.NodeReply = (function() {

            /**
             * Properties of a NodeReply.
             * @typedef {Object} eyepiece.node.NodeReply.$Properties
             * @property {number|null} [replyTo] NodeReply replyTo
             * @property {eyepiece.node.Sessions.$Properties|null} [sessions] NodeReply sessions
             * @property {eyepiece.node.SessionInfo.$Properties|null} [session] NodeReply session
             * @property {eyepiece.node.Folder.$Properties|null} [folder] NodeReply folder
             * @property {eyepiece.node.Facts.$Properties|null} [facts] NodeReply facts
             * @property {eyepiece.node.NodeFailure.$Properties|null} [failure] NodeReply failure
             * @property {eyepiece.node.FileContent.$Properties|null} [file] NodeReply file
             * @property {"sessions"|"session"|"folder"|"facts"|"failure"|"file"} [what] NodeReply what
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeReply.
             * @memberof eyepiece.node
             * @interface INodeReply
             * @augments eyepiece.node.NodeReply.$Properties
             * @deprecated Use eyepiece.node.NodeReply.$Properties instead.
             */

            /**
             * Narrowed shape of a NodeReply.
             * @typedef {{
             *   replyTo?: number|null;
             *   sessions?: eyepiece.node.Sessions.$Shape|null;
             *   session?: eyepiece.node.SessionInfo.$Shape|null;
             *   folder?: eyepiece.node.Folder.$Shape|null;
             *   facts?: eyepiece.node.Facts.$Shape|null;
             *   failure?: eyepiece.node.NodeFailure.$Shape|null;
             *   file?: eyepiece.node.FileContent.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ what?: undefined; sessions?: null; session?: null; folder?: null; facts?: null; failure?: null; file?: null }|{ what?: "sessions"; sessions: eyepiece.node.Sessions.$Shape; session?: null; folder?: null; facts?: null; failure?: null; file?: null }|{ what?: "session"; sessions?: null; session: eyepiece.node.SessionInfo.$Shape; folder?: null; facts?: null; failure?: null; file?: null }|{ what?: "folder"; sessions?: null; session?: null; folder: eyepiece.node.Folder.$Shape; facts?: null; failure?: null; file?: null }|{ what?: "facts"; sessions?: null; session?: null; folder?: null; facts: eyepiece.node.Facts.$Shape; failure?: null; file?: null }|{ what?: "failure"; sessions?: null; session?: null; folder?: null; facts?: null; failure: eyepiece.node.NodeFailure.$Shape; file?: null }|{ what?: "file"; sessions?: null; session?: null; folder?: null; facts?: null; failure?: null; file: eyepiece.node.FileContent.$Shape })
             * )} eyepiece.node.NodeReply.$Shape
             */

            /**
             * Constructs a new NodeReply.
             * @memberof eyepiece.node
             * @classdesc Represents a NodeReply.
             * @constructor
             * @param {eyepiece.node.NodeReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeReply = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeReply replyTo.
             * @member {number} replyTo
             * @memberof eyepiece.node.NodeReply
             * @instance
             */
            NodeReply.prototype.replyTo = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * NodeReply sessions.
             * @member {eyepiece.node.Sessions.$Properties|null|undefined} sessions
             * @memberof eyepiece.node.NodeReply
             * @instance
             */
            NodeReply.prototype.sessions = null;

            /**
             * NodeReply session.
             * @member {eyepiece.node.SessionInfo.$Properties|null|undefined} session
             * @memberof eyepiece.node.NodeReply
             * @instance
             */
            NodeReply.prototype.session = null;

            /**
             * NodeReply folder.
             * @member {eyepiece.node.Folder.$Properties|null|undefined} folder
             * @memberof eyepiece.node.NodeReply
             * @instance
             */
            NodeReply.prototype.folder = null;

            /**
             * NodeReply facts.
             * @member {eyepiece.node.Facts.$Properties|null|undefined} facts
             * @memberof eyepiece.node.NodeReply
             * @instance
             */
            NodeReply.prototype.facts = null;

            /**
             * NodeReply failure.
             * @member {eyepiece.node.NodeFailure.$Properties|null|undefined} failure
             * @memberof eyepiece.node.NodeReply
             * @instance
             */
            NodeReply.prototype.failure = null;

            /**
             * NodeReply file.
             * @member {eyepiece.node.FileContent.$Properties|null|undefined} file
             * @memberof eyepiece.node.NodeReply
             * @instance
             */
            NodeReply.prototype.file = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * NodeReply what.
             * @member {"sessions"|"session"|"folder"|"facts"|"failure"|"file"|undefined} what
             * @memberof eyepiece.node.NodeReply
             * @instance
             */
            $Object.defineProperty(NodeReply.prototype, "what", {
                get: $util.oneOfGetter($oneOfFields = ["sessions", "session", "folder", "facts", "failure", "file"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified NodeReply message. Does not implicitly {@link eyepiece.node.NodeReply.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.NodeReply
             * @static
             * @param {eyepiece.node.NodeReply.$Properties} message NodeReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.replyTo != null && $Object.hasOwnProperty.call(message, "replyTo") && (typeof message.replyTo === "object" ? message.replyTo.low || message.replyTo.high : message.replyTo !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.replyTo);
                if (message.sessions != null && $Object.hasOwnProperty.call(message, "sessions"))
                    $root.eyepiece.node.Sessions.encode(message.sessions, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.session != null && $Object.hasOwnProperty.call(message, "session"))
                    $root.eyepiece.node.SessionInfo.encode(message.session, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.folder != null && $Object.hasOwnProperty.call(message, "folder"))
                    $root.eyepiece.node.Folder.encode(message.folder, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.facts != null && $Object.hasOwnProperty.call(message, "facts"))
                    $root.eyepiece.node.Facts.encode(message.facts, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.eyepiece.node.NodeFailure.encode(message.failure, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.file != null && $Object.hasOwnProperty.call(message, "file"))
                    $root.eyepiece.node.FileContent.encode(message.file, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeReply message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.NodeReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.NodeReply & eyepiece.node.NodeReply.$Shape} NodeReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.NodeReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.replyTo = value;
                            else
                                delete message.replyTo;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.sessions = $root.eyepiece.node.Sessions.decode(reader, reader.size(), $undefined, _depth + 1, message.sessions);
                            message.what = "sessions";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.session = $root.eyepiece.node.SessionInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.session);
                            message.what = "session";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.folder = $root.eyepiece.node.Folder.decode(reader, reader.size(), $undefined, _depth + 1, message.folder);
                            message.what = "folder";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.facts = $root.eyepiece.node.Facts.decode(reader, reader.size(), $undefined, _depth + 1, message.facts);
                            message.what = "facts";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.eyepiece.node.NodeFailure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            message.what = "failure";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.file = $root.eyepiece.node.FileContent.decode(reader, reader.size(), $undefined, _depth + 1, message.file);
                            message.what = "file";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for NodeReply
             * @function getTypeUrl
             * @memberof eyepiece.node.NodeReply
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NodeReply.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.NodeReply";
            };

            return NodeReply;
        })();

        node.Sessions = (function() {

            /**
             * Properties of a Sessions.
             * @typedef {Object} eyepiece.node.Sessions.$Properties
             * @property {Array.<eyepiece.node.SessionInfo.$Properties>|null} [sessions] Sessions sessions
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Sessions.
             * @memberof eyepiece.node
             * @interface ISessions
             * @augments eyepiece.node.Sessions.$Properties
             * @deprecated Use eyepiece.node.Sessions.$Properties instead.
             */

            /**
             * Shape of a Sessions.
             * @typedef {eyepiece.node.Sessions.$Properties} eyepiece.node.Sessions.$Shape
             */

            /**
             * Constructs a new Sessions.
             * @memberof eyepiece.node
             * @classdesc Represents a Sessions.
             * @constructor
             * @param {eyepiece.node.Sessions.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Sessions = function (properties) {
                this.sessions = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Sessions sessions.
             * @member {Array.<eyepiece.node.SessionInfo.$Properties>} sessions
             * @memberof eyepiece.node.Sessions
             * @instance
             */
            Sessions.prototype.sessions = $util.emptyArray;

            /**
             * Encodes the specified Sessions message. Does not implicitly {@link eyepiece.node.Sessions.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.Sessions
             * @static
             * @param {eyepiece.node.Sessions.$Properties} message Sessions message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Sessions.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sessions != null && message.sessions.length)
                    for (let i = 0; i < message.sessions.length; ++i)
                        $root.eyepiece.node.SessionInfo.encode(message.sessions[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Sessions message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.Sessions
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.Sessions & eyepiece.node.Sessions.$Shape} Sessions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Sessions.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.Sessions();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.sessions && message.sessions.length))
                                message.sessions = [];
                            message.sessions.push($root.eyepiece.node.SessionInfo.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Sessions
             * @function getTypeUrl
             * @memberof eyepiece.node.Sessions
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Sessions.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.Sessions";
            };

            return Sessions;
        })();

        node.SessionInfo = (function() {

            /**
             * Properties of a SessionInfo.
             * @typedef {Object} eyepiece.node.SessionInfo.$Properties
             * @property {string|null} [session] SessionInfo session
             * @property {string|null} [title] SessionInfo title
             * @property {string|null} [state] SessionInfo state
             * @property {number|null} [views] SessionInfo views
             * @property {number|null} [modifiedMs] SessionInfo modifiedMs
             * @property {Array.<string>|null} [layers] SessionInfo layers
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SessionInfo.
             * @memberof eyepiece.node
             * @interface ISessionInfo
             * @augments eyepiece.node.SessionInfo.$Properties
             * @deprecated Use eyepiece.node.SessionInfo.$Properties instead.
             */

            /**
             * Shape of a SessionInfo.
             * @typedef {eyepiece.node.SessionInfo.$Properties} eyepiece.node.SessionInfo.$Shape
             */

            /**
             * Constructs a new SessionInfo.
             * @memberof eyepiece.node
             * @classdesc Represents a SessionInfo.
             * @constructor
             * @param {eyepiece.node.SessionInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SessionInfo = function (properties) {
                this.layers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SessionInfo session.
             * @member {string} session
             * @memberof eyepiece.node.SessionInfo
             * @instance
             */
            SessionInfo.prototype.session = "";

            /**
             * SessionInfo title.
             * @member {string} title
             * @memberof eyepiece.node.SessionInfo
             * @instance
             */
            SessionInfo.prototype.title = "";

            /**
             * SessionInfo state.
             * @member {string} state
             * @memberof eyepiece.node.SessionInfo
             * @instance
             */
            SessionInfo.prototype.state = "";

            /**
             * SessionInfo views.
             * @member {number} views
             * @memberof eyepiece.node.SessionInfo
             * @instance
             */
            SessionInfo.prototype.views = 0;

            /**
             * SessionInfo modifiedMs.
             * @member {number} modifiedMs
             * @memberof eyepiece.node.SessionInfo
             * @instance
             */
            SessionInfo.prototype.modifiedMs = 0;

            /**
             * SessionInfo layers.
             * @member {Array.<string>} layers
             * @memberof eyepiece.node.SessionInfo
             * @instance
             */
            SessionInfo.prototype.layers = $util.emptyArray;

            /**
             * Encodes the specified SessionInfo message. Does not implicitly {@link eyepiece.node.SessionInfo.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.SessionInfo
             * @static
             * @param {eyepiece.node.SessionInfo.$Properties} message SessionInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SessionInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.session);
                if (message.title != null && $Object.hasOwnProperty.call(message, "title") && message.title !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.title);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.state);
                if (message.views != null && $Object.hasOwnProperty.call(message, "views") && message.views !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.views);
                if (message.modifiedMs != null && $Object.hasOwnProperty.call(message, "modifiedMs") && !$Object.is(message.modifiedMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.modifiedMs);
                if (message.layers != null && message.layers.length)
                    for (let i = 0; i < message.layers.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.layers[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SessionInfo message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.SessionInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.SessionInfo & eyepiece.node.SessionInfo.$Shape} SessionInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SessionInfo.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.SessionInfo();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.session = value;
                            else
                                delete message.session;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.title = value;
                            else
                                delete message.title;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.views = value;
                            else
                                delete message.views;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.modifiedMs = value;
                            else
                                delete message.modifiedMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.layers && message.layers.length))
                                message.layers = [];
                            message.layers.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for SessionInfo
             * @function getTypeUrl
             * @memberof eyepiece.node.SessionInfo
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SessionInfo.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.SessionInfo";
            };

            return SessionInfo;
        })();

        node.FileContent = (function() {

            /**
             * Properties of a FileContent.
             * @typedef {Object} eyepiece.node.FileContent.$Properties
             * @property {string|null} [name] FileContent name
             * @property {Uint8Array|null} [data] FileContent data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FileContent.
             * @memberof eyepiece.node
             * @interface IFileContent
             * @augments eyepiece.node.FileContent.$Properties
             * @deprecated Use eyepiece.node.FileContent.$Properties instead.
             */

            /**
             * Shape of a FileContent.
             * @typedef {eyepiece.node.FileContent.$Properties} eyepiece.node.FileContent.$Shape
             */

            /**
             * Constructs a new FileContent.
             * @memberof eyepiece.node
             * @classdesc Represents a FileContent.
             * @constructor
             * @param {eyepiece.node.FileContent.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FileContent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FileContent name.
             * @member {string} name
             * @memberof eyepiece.node.FileContent
             * @instance
             */
            FileContent.prototype.name = "";

            /**
             * FileContent data.
             * @member {Uint8Array} data
             * @memberof eyepiece.node.FileContent
             * @instance
             */
            FileContent.prototype.data = $util.newBuffer([]);

            /**
             * Encodes the specified FileContent message. Does not implicitly {@link eyepiece.node.FileContent.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.FileContent
             * @static
             * @param {eyepiece.node.FileContent.$Properties} message FileContent message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FileContent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FileContent message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.FileContent
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.FileContent & eyepiece.node.FileContent.$Shape} FileContent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FileContent.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.FileContent();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.data = value;
                            else
                                delete message.data;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for FileContent
             * @function getTypeUrl
             * @memberof eyepiece.node.FileContent
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            FileContent.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.FileContent";
            };

            return FileContent;
        })();

        node.Folder = (function() {

            /**
             * Properties of a Folder.
             * @typedef {Object} eyepiece.node.Folder.$Properties
             * @property {string|null} [path] Folder path
             * @property {string|null} [parent] Folder parent
             * @property {Array.<eyepiece.node.Entry.$Properties>|null} [entries] Folder entries
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Folder.
             * @memberof eyepiece.node
             * @interface IFolder
             * @augments eyepiece.node.Folder.$Properties
             * @deprecated Use eyepiece.node.Folder.$Properties instead.
             */

            /**
             * Shape of a Folder.
             * @typedef {eyepiece.node.Folder.$Properties} eyepiece.node.Folder.$Shape
             */

            /**
             * Constructs a new Folder.
             * @memberof eyepiece.node
             * @classdesc Represents a Folder.
             * @constructor
             * @param {eyepiece.node.Folder.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Folder = function (properties) {
                this.entries = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Folder path.
             * @member {string} path
             * @memberof eyepiece.node.Folder
             * @instance
             */
            Folder.prototype.path = "";

            /**
             * Folder parent.
             * @member {string} parent
             * @memberof eyepiece.node.Folder
             * @instance
             */
            Folder.prototype.parent = "";

            /**
             * Folder entries.
             * @member {Array.<eyepiece.node.Entry.$Properties>} entries
             * @memberof eyepiece.node.Folder
             * @instance
             */
            Folder.prototype.entries = $util.emptyArray;

            /**
             * Encodes the specified Folder message. Does not implicitly {@link eyepiece.node.Folder.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.Folder
             * @static
             * @param {eyepiece.node.Folder.$Properties} message Folder message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Folder.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.parent != null && $Object.hasOwnProperty.call(message, "parent") && message.parent !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.parent);
                if (message.entries != null && message.entries.length)
                    for (let i = 0; i < message.entries.length; ++i)
                        $root.eyepiece.node.Entry.encode(message.entries[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Folder message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.Folder
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.Folder & eyepiece.node.Folder.$Shape} Folder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Folder.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.Folder();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.parent = value;
                            else
                                delete message.parent;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.entries && message.entries.length))
                                message.entries = [];
                            message.entries.push($root.eyepiece.node.Entry.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Folder
             * @function getTypeUrl
             * @memberof eyepiece.node.Folder
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Folder.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.Folder";
            };

            return Folder;
        })();

        node.Entry = (function() {

            /**
             * Properties of an Entry.
             * @typedef {Object} eyepiece.node.Entry.$Properties
             * @property {string|null} [name] Entry name
             * @property {string|null} [path] Entry path
             * @property {boolean|null} [folder] Entry folder
             * @property {number|null} [size] Entry size
             * @property {number|null} [modifiedMs] Entry modifiedMs
             * @property {boolean|null} [opens] Entry opens
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Entry.
             * @memberof eyepiece.node
             * @interface IEntry
             * @augments eyepiece.node.Entry.$Properties
             * @deprecated Use eyepiece.node.Entry.$Properties instead.
             */

            /**
             * Shape of an Entry.
             * @typedef {eyepiece.node.Entry.$Properties} eyepiece.node.Entry.$Shape
             */

            /**
             * Constructs a new Entry.
             * @memberof eyepiece.node
             * @classdesc Represents an Entry.
             * @constructor
             * @param {eyepiece.node.Entry.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Entry = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Entry name.
             * @member {string} name
             * @memberof eyepiece.node.Entry
             * @instance
             */
            Entry.prototype.name = "";

            /**
             * Entry path.
             * @member {string} path
             * @memberof eyepiece.node.Entry
             * @instance
             */
            Entry.prototype.path = "";

            /**
             * Entry folder.
             * @member {boolean} folder
             * @memberof eyepiece.node.Entry
             * @instance
             */
            Entry.prototype.folder = false;

            /**
             * Entry size.
             * @member {number} size
             * @memberof eyepiece.node.Entry
             * @instance
             */
            Entry.prototype.size = 0;

            /**
             * Entry modifiedMs.
             * @member {number} modifiedMs
             * @memberof eyepiece.node.Entry
             * @instance
             */
            Entry.prototype.modifiedMs = 0;

            /**
             * Entry opens.
             * @member {boolean} opens
             * @memberof eyepiece.node.Entry
             * @instance
             */
            Entry.prototype.opens = false;

            /**
             * Encodes the specified Entry message. Does not implicitly {@link eyepiece.node.Entry.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.Entry
             * @static
             * @param {eyepiece.node.Entry.$Properties} message Entry message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Entry.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.path);
                if (message.folder != null && $Object.hasOwnProperty.call(message, "folder") && message.folder !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.folder);
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && !$Object.is(message.size, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.size);
                if (message.modifiedMs != null && $Object.hasOwnProperty.call(message, "modifiedMs") && !$Object.is(message.modifiedMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.modifiedMs);
                if (message.opens != null && $Object.hasOwnProperty.call(message, "opens") && message.opens !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.opens);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Entry message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.Entry
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.Entry & eyepiece.node.Entry.$Shape} Entry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Entry.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.Entry();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.folder = value;
                            else
                                delete message.folder;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.modifiedMs = value;
                            else
                                delete message.modifiedMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.opens = value;
                            else
                                delete message.opens;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Entry
             * @function getTypeUrl
             * @memberof eyepiece.node.Entry
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Entry.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.Entry";
            };

            return Entry;
        })();

        node.Facts = (function() {

            /**
             * Properties of a Facts.
             * @typedef {Object} eyepiece.node.Facts.$Properties
             * @property {string|null} [name] Facts name
             * @property {string|null} [adapter] Facts adapter
             * @property {string|null} [adapterKind] Facts adapterKind
             * @property {string|null} [encoder] Facts encoder
             * @property {string|null} [version] Facts version
             * @property {string|null} [ledgerJson] Facts ledgerJson
             * @property {Array.<eyepiece.node.Sample.$Properties>|null} [samples] Facts samples
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Facts.
             * @memberof eyepiece.node
             * @interface IFacts
             * @augments eyepiece.node.Facts.$Properties
             * @deprecated Use eyepiece.node.Facts.$Properties instead.
             */

            /**
             * Shape of a Facts.
             * @typedef {eyepiece.node.Facts.$Properties} eyepiece.node.Facts.$Shape
             */

            /**
             * Constructs a new Facts.
             * @memberof eyepiece.node
             * @classdesc Represents a Facts.
             * @constructor
             * @param {eyepiece.node.Facts.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Facts = function (properties) {
                this.samples = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Facts name.
             * @member {string} name
             * @memberof eyepiece.node.Facts
             * @instance
             */
            Facts.prototype.name = "";

            /**
             * Facts adapter.
             * @member {string} adapter
             * @memberof eyepiece.node.Facts
             * @instance
             */
            Facts.prototype.adapter = "";

            /**
             * Facts adapterKind.
             * @member {string} adapterKind
             * @memberof eyepiece.node.Facts
             * @instance
             */
            Facts.prototype.adapterKind = "";

            /**
             * Facts encoder.
             * @member {string} encoder
             * @memberof eyepiece.node.Facts
             * @instance
             */
            Facts.prototype.encoder = "";

            /**
             * Facts version.
             * @member {string} version
             * @memberof eyepiece.node.Facts
             * @instance
             */
            Facts.prototype.version = "";

            /**
             * Facts ledgerJson.
             * @member {string} ledgerJson
             * @memberof eyepiece.node.Facts
             * @instance
             */
            Facts.prototype.ledgerJson = "";

            /**
             * Facts samples.
             * @member {Array.<eyepiece.node.Sample.$Properties>} samples
             * @memberof eyepiece.node.Facts
             * @instance
             */
            Facts.prototype.samples = $util.emptyArray;

            /**
             * Encodes the specified Facts message. Does not implicitly {@link eyepiece.node.Facts.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.Facts
             * @static
             * @param {eyepiece.node.Facts.$Properties} message Facts message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Facts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.adapter != null && $Object.hasOwnProperty.call(message, "adapter") && message.adapter !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.adapter);
                if (message.adapterKind != null && $Object.hasOwnProperty.call(message, "adapterKind") && message.adapterKind !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.adapterKind);
                if (message.encoder != null && $Object.hasOwnProperty.call(message, "encoder") && message.encoder !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.encoder);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.version);
                if (message.ledgerJson != null && $Object.hasOwnProperty.call(message, "ledgerJson") && message.ledgerJson !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.ledgerJson);
                if (message.samples != null && message.samples.length)
                    for (let i = 0; i < message.samples.length; ++i)
                        $root.eyepiece.node.Sample.encode(message.samples[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Facts message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.Facts
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.Facts & eyepiece.node.Facts.$Shape} Facts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Facts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.Facts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.adapter = value;
                            else
                                delete message.adapter;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.adapterKind = value;
                            else
                                delete message.adapterKind;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.encoder = value;
                            else
                                delete message.encoder;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.ledgerJson = value;
                            else
                                delete message.ledgerJson;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.samples && message.samples.length))
                                message.samples = [];
                            message.samples.push($root.eyepiece.node.Sample.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Facts
             * @function getTypeUrl
             * @memberof eyepiece.node.Facts
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Facts.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.Facts";
            };

            return Facts;
        })();

        node.Sample = (function() {

            /**
             * Properties of a Sample.
             * @typedef {Object} eyepiece.node.Sample.$Properties
             * @property {string|null} [uri] Sample uri
             * @property {string|null} [title] Sample title
             * @property {string|null} [text] Sample text
             * @property {string|null} [thumbnail] Sample thumbnail
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Sample.
             * @memberof eyepiece.node
             * @interface ISample
             * @augments eyepiece.node.Sample.$Properties
             * @deprecated Use eyepiece.node.Sample.$Properties instead.
             */

            /**
             * Shape of a Sample.
             * @typedef {eyepiece.node.Sample.$Properties} eyepiece.node.Sample.$Shape
             */

            /**
             * Constructs a new Sample.
             * @memberof eyepiece.node
             * @classdesc Represents a Sample.
             * @constructor
             * @param {eyepiece.node.Sample.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Sample = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Sample uri.
             * @member {string} uri
             * @memberof eyepiece.node.Sample
             * @instance
             */
            Sample.prototype.uri = "";

            /**
             * Sample title.
             * @member {string} title
             * @memberof eyepiece.node.Sample
             * @instance
             */
            Sample.prototype.title = "";

            /**
             * Sample text.
             * @member {string} text
             * @memberof eyepiece.node.Sample
             * @instance
             */
            Sample.prototype.text = "";

            /**
             * Sample thumbnail.
             * @member {string} thumbnail
             * @memberof eyepiece.node.Sample
             * @instance
             */
            Sample.prototype.thumbnail = "";

            /**
             * Encodes the specified Sample message. Does not implicitly {@link eyepiece.node.Sample.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.Sample
             * @static
             * @param {eyepiece.node.Sample.$Properties} message Sample message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Sample.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.uri != null && $Object.hasOwnProperty.call(message, "uri") && message.uri !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.uri);
                if (message.title != null && $Object.hasOwnProperty.call(message, "title") && message.title !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.title);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.text);
                if (message.thumbnail != null && $Object.hasOwnProperty.call(message, "thumbnail") && message.thumbnail !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.thumbnail);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Sample message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.Sample
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.Sample & eyepiece.node.Sample.$Shape} Sample
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Sample.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.Sample();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.uri = value;
                            else
                                delete message.uri;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.title = value;
                            else
                                delete message.title;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.thumbnail = value;
                            else
                                delete message.thumbnail;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Sample
             * @function getTypeUrl
             * @memberof eyepiece.node.Sample
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Sample.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.Sample";
            };

            return Sample;
        })();

        node.NodeFailure = (function() {

            /**
             * Properties of a NodeFailure.
             * @typedef {Object} eyepiece.node.NodeFailure.$Properties
             * @property {string|null} [code] NodeFailure code
             * @property {string|null} [message] NodeFailure message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeFailure.
             * @memberof eyepiece.node
             * @interface INodeFailure
             * @augments eyepiece.node.NodeFailure.$Properties
             * @deprecated Use eyepiece.node.NodeFailure.$Properties instead.
             */

            /**
             * Shape of a NodeFailure.
             * @typedef {eyepiece.node.NodeFailure.$Properties} eyepiece.node.NodeFailure.$Shape
             */

            /**
             * Constructs a new NodeFailure.
             * @memberof eyepiece.node
             * @classdesc Represents a NodeFailure.
             * @constructor
             * @param {eyepiece.node.NodeFailure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeFailure = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeFailure code.
             * @member {string} code
             * @memberof eyepiece.node.NodeFailure
             * @instance
             */
            NodeFailure.prototype.code = "";

            /**
             * NodeFailure message.
             * @member {string} message
             * @memberof eyepiece.node.NodeFailure
             * @instance
             */
            NodeFailure.prototype.message = "";

            /**
             * Encodes the specified NodeFailure message. Does not implicitly {@link eyepiece.node.NodeFailure.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.NodeFailure
             * @static
             * @param {eyepiece.node.NodeFailure.$Properties} message NodeFailure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeFailure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeFailure message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.NodeFailure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.NodeFailure & eyepiece.node.NodeFailure.$Shape} NodeFailure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeFailure.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.NodeFailure();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for NodeFailure
             * @function getTypeUrl
             * @memberof eyepiece.node.NodeFailure
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NodeFailure.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.NodeFailure";
            };

            return NodeFailure;
        })();

        node.Upload = (function() {

            /**
             * Properties of an Upload.
             * @typedef {Object} eyepiece.node.Upload.$Properties
             * @property {string|null} [name] Upload name
             * @property {number|null} [size] Upload size
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Upload.
             * @memberof eyepiece.node
             * @interface IUpload
             * @augments eyepiece.node.Upload.$Properties
             * @deprecated Use eyepiece.node.Upload.$Properties instead.
             */

            /**
             * Shape of an Upload.
             * @typedef {eyepiece.node.Upload.$Properties} eyepiece.node.Upload.$Shape
             */

            /**
             * Constructs a new Upload.
             * @memberof eyepiece.node
             * @classdesc Represents an Upload.
             * @constructor
             * @param {eyepiece.node.Upload.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Upload = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Upload name.
             * @member {string} name
             * @memberof eyepiece.node.Upload
             * @instance
             */
            Upload.prototype.name = "";

            /**
             * Upload size.
             * @member {number} size
             * @memberof eyepiece.node.Upload
             * @instance
             */
            Upload.prototype.size = 0;

            /**
             * Encodes the specified Upload message. Does not implicitly {@link eyepiece.node.Upload.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.Upload
             * @static
             * @param {eyepiece.node.Upload.$Properties} message Upload message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Upload.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && !$Object.is(message.size, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.size);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Upload message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.Upload
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.Upload & eyepiece.node.Upload.$Shape} Upload
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Upload.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.Upload();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Upload
             * @function getTypeUrl
             * @memberof eyepiece.node.Upload
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Upload.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.Upload";
            };

            return Upload;
        })();

        node.UploadDone = (function() {

            /**
             * Properties of an UploadDone.
             * @typedef {Object} eyepiece.node.UploadDone.$Properties
             * @property {string|null} [uri] UploadDone uri
             * @property {number|null} [size] UploadDone size
             * @property {string|null} [failure] UploadDone failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an UploadDone.
             * @memberof eyepiece.node
             * @interface IUploadDone
             * @augments eyepiece.node.UploadDone.$Properties
             * @deprecated Use eyepiece.node.UploadDone.$Properties instead.
             */

            /**
             * Shape of an UploadDone.
             * @typedef {eyepiece.node.UploadDone.$Properties} eyepiece.node.UploadDone.$Shape
             */

            /**
             * Constructs a new UploadDone.
             * @memberof eyepiece.node
             * @classdesc Represents an UploadDone.
             * @constructor
             * @param {eyepiece.node.UploadDone.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const UploadDone = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * UploadDone uri.
             * @member {string} uri
             * @memberof eyepiece.node.UploadDone
             * @instance
             */
            UploadDone.prototype.uri = "";

            /**
             * UploadDone size.
             * @member {number} size
             * @memberof eyepiece.node.UploadDone
             * @instance
             */
            UploadDone.prototype.size = 0;

            /**
             * UploadDone failure.
             * @member {string} failure
             * @memberof eyepiece.node.UploadDone
             * @instance
             */
            UploadDone.prototype.failure = "";

            /**
             * Encodes the specified UploadDone message. Does not implicitly {@link eyepiece.node.UploadDone.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.UploadDone
             * @static
             * @param {eyepiece.node.UploadDone.$Properties} message UploadDone message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UploadDone.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.uri != null && $Object.hasOwnProperty.call(message, "uri") && message.uri !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.uri);
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && !$Object.is(message.size, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.size);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure") && message.failure !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.failure);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an UploadDone message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.UploadDone
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.UploadDone & eyepiece.node.UploadDone.$Shape} UploadDone
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UploadDone.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.UploadDone();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.uri = value;
                            else
                                delete message.uri;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.failure = value;
                            else
                                delete message.failure;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for UploadDone
             * @function getTypeUrl
             * @memberof eyepiece.node.UploadDone
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            UploadDone.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.UploadDone";
            };

            return UploadDone;
        })();

        node.HttpMessage = (function() {

            /**
             * Properties of a HttpMessage.
             * @typedef {Object} eyepiece.node.HttpMessage.$Properties
             * @property {eyepiece.node.HttpRequest.$Properties|null} [request] HttpMessage request
             * @property {eyepiece.node.HttpResponse.$Properties|null} [response] HttpMessage response
             * @property {Uint8Array|null} [body] HttpMessage body
             * @property {eyepiece.node.HttpEnd.$Properties|null} [end] HttpMessage end
             * @property {eyepiece.node.SocketMessage.$Properties|null} [socket] HttpMessage socket
             * @property {"request"|"response"|"body"|"end"|"socket"} [what] HttpMessage what
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HttpMessage.
             * @memberof eyepiece.node
             * @interface IHttpMessage
             * @augments eyepiece.node.HttpMessage.$Properties
             * @deprecated Use eyepiece.node.HttpMessage.$Properties instead.
             */

            /**
             * Narrowed shape of a HttpMessage.
             * @typedef {{
             *   request?: eyepiece.node.HttpRequest.$Shape|null;
             *   response?: eyepiece.node.HttpResponse.$Shape|null;
             *   body?: Uint8Array|null;
             *   end?: eyepiece.node.HttpEnd.$Shape|null;
             *   socket?: eyepiece.node.SocketMessage.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ what?: undefined; request?: null; response?: null; body?: null; end?: null; socket?: null }|{ what?: "request"; request: eyepiece.node.HttpRequest.$Shape; response?: null; body?: null; end?: null; socket?: null }|{ what?: "response"; request?: null; response: eyepiece.node.HttpResponse.$Shape; body?: null; end?: null; socket?: null }|{ what?: "body"; request?: null; response?: null; body: Uint8Array; end?: null; socket?: null }|{ what?: "end"; request?: null; response?: null; body?: null; end: eyepiece.node.HttpEnd.$Shape; socket?: null }|{ what?: "socket"; request?: null; response?: null; body?: null; end?: null; socket: eyepiece.node.SocketMessage.$Shape })
             * )} eyepiece.node.HttpMessage.$Shape
             */

            /**
             * Constructs a new HttpMessage.
             * @memberof eyepiece.node
             * @classdesc Represents a HttpMessage.
             * @constructor
             * @param {eyepiece.node.HttpMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HttpMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HttpMessage request.
             * @member {eyepiece.node.HttpRequest.$Properties|null|undefined} request
             * @memberof eyepiece.node.HttpMessage
             * @instance
             */
            HttpMessage.prototype.request = null;

            /**
             * HttpMessage response.
             * @member {eyepiece.node.HttpResponse.$Properties|null|undefined} response
             * @memberof eyepiece.node.HttpMessage
             * @instance
             */
            HttpMessage.prototype.response = null;

            /**
             * HttpMessage body.
             * @member {Uint8Array|null|undefined} body
             * @memberof eyepiece.node.HttpMessage
             * @instance
             */
            HttpMessage.prototype.body = null;

            /**
             * HttpMessage end.
             * @member {eyepiece.node.HttpEnd.$Properties|null|undefined} end
             * @memberof eyepiece.node.HttpMessage
             * @instance
             */
            HttpMessage.prototype.end = null;

            /**
             * HttpMessage socket.
             * @member {eyepiece.node.SocketMessage.$Properties|null|undefined} socket
             * @memberof eyepiece.node.HttpMessage
             * @instance
             */
            HttpMessage.prototype.socket = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * HttpMessage what.
             * @member {"request"|"response"|"body"|"end"|"socket"|undefined} what
             * @memberof eyepiece.node.HttpMessage
             * @instance
             */
            $Object.defineProperty(HttpMessage.prototype, "what", {
                get: $util.oneOfGetter($oneOfFields = ["request", "response", "body", "end", "socket"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified HttpMessage message. Does not implicitly {@link eyepiece.node.HttpMessage.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.HttpMessage
             * @static
             * @param {eyepiece.node.HttpMessage.$Properties} message HttpMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HttpMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.request != null && $Object.hasOwnProperty.call(message, "request"))
                    $root.eyepiece.node.HttpRequest.encode(message.request, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.response != null && $Object.hasOwnProperty.call(message, "response"))
                    $root.eyepiece.node.HttpResponse.encode(message.response, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.body);
                if (message.end != null && $Object.hasOwnProperty.call(message, "end"))
                    $root.eyepiece.node.HttpEnd.encode(message.end, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.socket != null && $Object.hasOwnProperty.call(message, "socket"))
                    $root.eyepiece.node.SocketMessage.encode(message.socket, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HttpMessage message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.HttpMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.HttpMessage & eyepiece.node.HttpMessage.$Shape} HttpMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HttpMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.HttpMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.request = $root.eyepiece.node.HttpRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.request);
                            message.what = "request";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.response = $root.eyepiece.node.HttpResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.response);
                            message.what = "response";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.body = reader.bytes();
                            message.what = "body";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.end = $root.eyepiece.node.HttpEnd.decode(reader, reader.size(), $undefined, _depth + 1, message.end);
                            message.what = "end";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.socket = $root.eyepiece.node.SocketMessage.decode(reader, reader.size(), $undefined, _depth + 1, message.socket);
                            message.what = "socket";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for HttpMessage
             * @function getTypeUrl
             * @memberof eyepiece.node.HttpMessage
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HttpMessage.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.HttpMessage";
            };

            return HttpMessage;
        })();

        node.Header = (function() {

            /**
             * Properties of a Header.
             * @typedef {Object} eyepiece.node.Header.$Properties
             * @property {string|null} [name] Header name
             * @property {string|null} [value] Header value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Header.
             * @memberof eyepiece.node
             * @interface IHeader
             * @augments eyepiece.node.Header.$Properties
             * @deprecated Use eyepiece.node.Header.$Properties instead.
             */

            /**
             * Shape of a Header.
             * @typedef {eyepiece.node.Header.$Properties} eyepiece.node.Header.$Shape
             */

            /**
             * Constructs a new Header.
             * @memberof eyepiece.node
             * @classdesc Represents a Header.
             * @constructor
             * @param {eyepiece.node.Header.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Header = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Header name.
             * @member {string} name
             * @memberof eyepiece.node.Header
             * @instance
             */
            Header.prototype.name = "";

            /**
             * Header value.
             * @member {string} value
             * @memberof eyepiece.node.Header
             * @instance
             */
            Header.prototype.value = "";

            /**
             * Encodes the specified Header message. Does not implicitly {@link eyepiece.node.Header.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.Header
             * @static
             * @param {eyepiece.node.Header.$Properties} message Header message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Header.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Header message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.Header
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.Header & eyepiece.node.Header.$Shape} Header
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Header.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.Header();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Header
             * @function getTypeUrl
             * @memberof eyepiece.node.Header
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Header.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.Header";
            };

            return Header;
        })();

        node.HttpRequest = (function() {

            /**
             * Properties of a HttpRequest.
             * @typedef {Object} eyepiece.node.HttpRequest.$Properties
             * @property {string|null} [method] HttpRequest method
             * @property {string|null} [path] HttpRequest path
             * @property {Array.<eyepiece.node.Header.$Properties>|null} [headers] HttpRequest headers
             * @property {boolean|null} [upgrade] HttpRequest upgrade
             * @property {string|null} [service] HttpRequest service
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HttpRequest.
             * @memberof eyepiece.node
             * @interface IHttpRequest
             * @augments eyepiece.node.HttpRequest.$Properties
             * @deprecated Use eyepiece.node.HttpRequest.$Properties instead.
             */

            /**
             * Shape of a HttpRequest.
             * @typedef {eyepiece.node.HttpRequest.$Properties} eyepiece.node.HttpRequest.$Shape
             */

            /**
             * Constructs a new HttpRequest.
             * @memberof eyepiece.node
             * @classdesc Represents a HttpRequest.
             * @constructor
             * @param {eyepiece.node.HttpRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HttpRequest = function (properties) {
                this.headers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HttpRequest method.
             * @member {string} method
             * @memberof eyepiece.node.HttpRequest
             * @instance
             */
            HttpRequest.prototype.method = "";

            /**
             * HttpRequest path.
             * @member {string} path
             * @memberof eyepiece.node.HttpRequest
             * @instance
             */
            HttpRequest.prototype.path = "";

            /**
             * HttpRequest headers.
             * @member {Array.<eyepiece.node.Header.$Properties>} headers
             * @memberof eyepiece.node.HttpRequest
             * @instance
             */
            HttpRequest.prototype.headers = $util.emptyArray;

            /**
             * HttpRequest upgrade.
             * @member {boolean} upgrade
             * @memberof eyepiece.node.HttpRequest
             * @instance
             */
            HttpRequest.prototype.upgrade = false;

            /**
             * HttpRequest service.
             * @member {string} service
             * @memberof eyepiece.node.HttpRequest
             * @instance
             */
            HttpRequest.prototype.service = "";

            /**
             * Encodes the specified HttpRequest message. Does not implicitly {@link eyepiece.node.HttpRequest.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.HttpRequest
             * @static
             * @param {eyepiece.node.HttpRequest.$Properties} message HttpRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HttpRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.method != null && $Object.hasOwnProperty.call(message, "method") && message.method !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.method);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.path);
                if (message.headers != null && message.headers.length)
                    for (let i = 0; i < message.headers.length; ++i)
                        $root.eyepiece.node.Header.encode(message.headers[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.upgrade != null && $Object.hasOwnProperty.call(message, "upgrade") && message.upgrade !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.upgrade);
                if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.service);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HttpRequest message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.HttpRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.HttpRequest & eyepiece.node.HttpRequest.$Shape} HttpRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HttpRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.HttpRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.method = value;
                            else
                                delete message.method;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.headers && message.headers.length))
                                message.headers = [];
                            message.headers.push($root.eyepiece.node.Header.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.upgrade = value;
                            else
                                delete message.upgrade;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.service = value;
                            else
                                delete message.service;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for HttpRequest
             * @function getTypeUrl
             * @memberof eyepiece.node.HttpRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HttpRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.HttpRequest";
            };

            return HttpRequest;
        })();

        node.HttpResponse = (function() {

            /**
             * Properties of a HttpResponse.
             * @typedef {Object} eyepiece.node.HttpResponse.$Properties
             * @property {number|null} [status] HttpResponse status
             * @property {Array.<eyepiece.node.Header.$Properties>|null} [headers] HttpResponse headers
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HttpResponse.
             * @memberof eyepiece.node
             * @interface IHttpResponse
             * @augments eyepiece.node.HttpResponse.$Properties
             * @deprecated Use eyepiece.node.HttpResponse.$Properties instead.
             */

            /**
             * Shape of a HttpResponse.
             * @typedef {eyepiece.node.HttpResponse.$Properties} eyepiece.node.HttpResponse.$Shape
             */

            /**
             * Constructs a new HttpResponse.
             * @memberof eyepiece.node
             * @classdesc Represents a HttpResponse.
             * @constructor
             * @param {eyepiece.node.HttpResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HttpResponse = function (properties) {
                this.headers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HttpResponse status.
             * @member {number} status
             * @memberof eyepiece.node.HttpResponse
             * @instance
             */
            HttpResponse.prototype.status = 0;

            /**
             * HttpResponse headers.
             * @member {Array.<eyepiece.node.Header.$Properties>} headers
             * @memberof eyepiece.node.HttpResponse
             * @instance
             */
            HttpResponse.prototype.headers = $util.emptyArray;

            /**
             * Encodes the specified HttpResponse message. Does not implicitly {@link eyepiece.node.HttpResponse.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.HttpResponse
             * @static
             * @param {eyepiece.node.HttpResponse.$Properties} message HttpResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HttpResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.status != null && $Object.hasOwnProperty.call(message, "status") && message.status !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.status);
                if (message.headers != null && message.headers.length)
                    for (let i = 0; i < message.headers.length; ++i)
                        $root.eyepiece.node.Header.encode(message.headers[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HttpResponse message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.HttpResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.HttpResponse & eyepiece.node.HttpResponse.$Shape} HttpResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HttpResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.HttpResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.status = value;
                            else
                                delete message.status;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.headers && message.headers.length))
                                message.headers = [];
                            message.headers.push($root.eyepiece.node.Header.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for HttpResponse
             * @function getTypeUrl
             * @memberof eyepiece.node.HttpResponse
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HttpResponse.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.HttpResponse";
            };

            return HttpResponse;
        })();

        node.HttpEnd = (function() {

            /**
             * Properties of a HttpEnd.
             * @typedef {Object} eyepiece.node.HttpEnd.$Properties
             * @property {string|null} [failure] HttpEnd failure
             * @property {number|null} [closeCode] HttpEnd closeCode
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HttpEnd.
             * @memberof eyepiece.node
             * @interface IHttpEnd
             * @augments eyepiece.node.HttpEnd.$Properties
             * @deprecated Use eyepiece.node.HttpEnd.$Properties instead.
             */

            /**
             * Shape of a HttpEnd.
             * @typedef {eyepiece.node.HttpEnd.$Properties} eyepiece.node.HttpEnd.$Shape
             */

            /**
             * Constructs a new HttpEnd.
             * @memberof eyepiece.node
             * @classdesc Represents a HttpEnd.
             * @constructor
             * @param {eyepiece.node.HttpEnd.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HttpEnd = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HttpEnd failure.
             * @member {string} failure
             * @memberof eyepiece.node.HttpEnd
             * @instance
             */
            HttpEnd.prototype.failure = "";

            /**
             * HttpEnd closeCode.
             * @member {number} closeCode
             * @memberof eyepiece.node.HttpEnd
             * @instance
             */
            HttpEnd.prototype.closeCode = 0;

            /**
             * Encodes the specified HttpEnd message. Does not implicitly {@link eyepiece.node.HttpEnd.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.HttpEnd
             * @static
             * @param {eyepiece.node.HttpEnd.$Properties} message HttpEnd message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HttpEnd.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure") && message.failure !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.failure);
                if (message.closeCode != null && $Object.hasOwnProperty.call(message, "closeCode") && message.closeCode !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.closeCode);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HttpEnd message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.HttpEnd
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.HttpEnd & eyepiece.node.HttpEnd.$Shape} HttpEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HttpEnd.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.HttpEnd();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.failure = value;
                            else
                                delete message.failure;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.closeCode = value;
                            else
                                delete message.closeCode;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for HttpEnd
             * @function getTypeUrl
             * @memberof eyepiece.node.HttpEnd
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HttpEnd.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.HttpEnd";
            };

            return HttpEnd;
        })();

        node.SocketMessage = (function() {

            /**
             * Properties of a SocketMessage.
             * @typedef {Object} eyepiece.node.SocketMessage.$Properties
             * @property {boolean|null} [text] SocketMessage text
             * @property {Uint8Array|null} [data] SocketMessage data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SocketMessage.
             * @memberof eyepiece.node
             * @interface ISocketMessage
             * @augments eyepiece.node.SocketMessage.$Properties
             * @deprecated Use eyepiece.node.SocketMessage.$Properties instead.
             */

            /**
             * Shape of a SocketMessage.
             * @typedef {eyepiece.node.SocketMessage.$Properties} eyepiece.node.SocketMessage.$Shape
             */

            /**
             * Constructs a new SocketMessage.
             * @memberof eyepiece.node
             * @classdesc Represents a SocketMessage.
             * @constructor
             * @param {eyepiece.node.SocketMessage.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SocketMessage = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SocketMessage text.
             * @member {boolean} text
             * @memberof eyepiece.node.SocketMessage
             * @instance
             */
            SocketMessage.prototype.text = false;

            /**
             * SocketMessage data.
             * @member {Uint8Array} data
             * @memberof eyepiece.node.SocketMessage
             * @instance
             */
            SocketMessage.prototype.data = $util.newBuffer([]);

            /**
             * Encodes the specified SocketMessage message. Does not implicitly {@link eyepiece.node.SocketMessage.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.node.SocketMessage
             * @static
             * @param {eyepiece.node.SocketMessage.$Properties} message SocketMessage message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SocketMessage.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.text);
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SocketMessage message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.node.SocketMessage
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.node.SocketMessage & eyepiece.node.SocketMessage.$Shape} SocketMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SocketMessage.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.node.SocketMessage();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.data = value;
                            else
                                delete message.data;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for SocketMessage
             * @function getTypeUrl
             * @memberof eyepiece.node.SocketMessage
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SocketMessage.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.node.SocketMessage";
            };

            return SocketMessage;
        })();

        return node;
    })();

    eyepiece.viewer = (function() {

        /**
         * Namespace viewer.
         * @memberof eyepiece
         * @namespace
         */
        const viewer = {};

        viewer.ViewerParams = (function() {

            /**
             * Properties of a ViewerParams.
             * @typedef {Object} eyepiece.viewer.ViewerParams.$Properties
             * @property {string|null} [session] ViewerParams session
             * @property {string|null} [view] ViewerParams view
             * @property {string|null} [notebook] ViewerParams notebook
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ViewerParams.
             * @memberof eyepiece.viewer
             * @interface IViewerParams
             * @augments eyepiece.viewer.ViewerParams.$Properties
             * @deprecated Use eyepiece.viewer.ViewerParams.$Properties instead.
             */

            /**
             * Shape of a ViewerParams.
             * @typedef {eyepiece.viewer.ViewerParams.$Properties} eyepiece.viewer.ViewerParams.$Shape
             */

            /**
             * Constructs a new ViewerParams.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ViewerParams.
             * @constructor
             * @param {eyepiece.viewer.ViewerParams.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ViewerParams = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ViewerParams session.
             * @member {string} session
             * @memberof eyepiece.viewer.ViewerParams
             * @instance
             */
            ViewerParams.prototype.session = "";

            /**
             * ViewerParams view.
             * @member {string} view
             * @memberof eyepiece.viewer.ViewerParams
             * @instance
             */
            ViewerParams.prototype.view = "";

            /**
             * ViewerParams notebook.
             * @member {string} notebook
             * @memberof eyepiece.viewer.ViewerParams
             * @instance
             */
            ViewerParams.prototype.notebook = "";

            /**
             * Encodes the specified ViewerParams message. Does not implicitly {@link eyepiece.viewer.ViewerParams.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ViewerParams
             * @static
             * @param {eyepiece.viewer.ViewerParams.$Properties} message ViewerParams message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ViewerParams.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.session);
                if (message.view != null && $Object.hasOwnProperty.call(message, "view") && message.view !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.view);
                if (message.notebook != null && $Object.hasOwnProperty.call(message, "notebook") && message.notebook !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.notebook);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ViewerParams message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ViewerParams
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ViewerParams & eyepiece.viewer.ViewerParams.$Shape} ViewerParams
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ViewerParams.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ViewerParams();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.session = value;
                            else
                                delete message.session;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.view = value;
                            else
                                delete message.view;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.notebook = value;
                            else
                                delete message.notebook;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ViewerParams
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ViewerParams
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ViewerParams.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ViewerParams";
            };

            return ViewerParams;
        })();

        viewer.Pose = (function() {

            /**
             * Properties of a Pose.
             * @typedef {Object} eyepiece.viewer.Pose.$Properties
             * @property {Array.<number>|null} [center] Pose center
             * @property {number|null} [zoom] Pose zoom
             * @property {Array.<number>|null} [angles] Pose angles
             * @property {number|null} [perspective] Pose perspective
             * @property {number|null} [ndisplay] Pose ndisplay
             * @property {Array.<number>|null} [order] Pose order
             * @property {Array.<number>|null} [point] Pose point
             * @property {Array.<number>|null} [marginLeft] Pose marginLeft
             * @property {Array.<number>|null} [marginRight] Pose marginRight
             * @property {Array.<string>|null} [orientation] Pose orientation
             * @property {number|null} [width] Pose width
             * @property {number|null} [height] Pose height
             * @property {number|null} [pixelRatio] Pose pixelRatio
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Pose.
             * @memberof eyepiece.viewer
             * @interface IPose
             * @augments eyepiece.viewer.Pose.$Properties
             * @deprecated Use eyepiece.viewer.Pose.$Properties instead.
             */

            /**
             * Shape of a Pose.
             * @typedef {eyepiece.viewer.Pose.$Properties} eyepiece.viewer.Pose.$Shape
             */

            /**
             * Constructs a new Pose.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Pose.
             * @constructor
             * @param {eyepiece.viewer.Pose.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Pose = function (properties) {
                this.center = [];
                this.angles = [];
                this.order = [];
                this.point = [];
                this.marginLeft = [];
                this.marginRight = [];
                this.orientation = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Pose center.
             * @member {Array.<number>} center
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.center = $util.emptyArray;

            /**
             * Pose zoom.
             * @member {number} zoom
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.zoom = 0;

            /**
             * Pose angles.
             * @member {Array.<number>} angles
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.angles = $util.emptyArray;

            /**
             * Pose perspective.
             * @member {number} perspective
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.perspective = 0;

            /**
             * Pose ndisplay.
             * @member {number} ndisplay
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.ndisplay = 0;

            /**
             * Pose order.
             * @member {Array.<number>} order
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.order = $util.emptyArray;

            /**
             * Pose point.
             * @member {Array.<number>} point
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.point = $util.emptyArray;

            /**
             * Pose marginLeft.
             * @member {Array.<number>} marginLeft
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.marginLeft = $util.emptyArray;

            /**
             * Pose marginRight.
             * @member {Array.<number>} marginRight
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.marginRight = $util.emptyArray;

            /**
             * Pose orientation.
             * @member {Array.<string>} orientation
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.orientation = $util.emptyArray;

            /**
             * Pose width.
             * @member {number} width
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.width = 0;

            /**
             * Pose height.
             * @member {number} height
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.height = 0;

            /**
             * Pose pixelRatio.
             * @member {number} pixelRatio
             * @memberof eyepiece.viewer.Pose
             * @instance
             */
            Pose.prototype.pixelRatio = 0;

            /**
             * Encodes the specified Pose message. Does not implicitly {@link eyepiece.viewer.Pose.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Pose
             * @static
             * @param {eyepiece.viewer.Pose.$Properties} message Pose message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Pose.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.center != null && message.center.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).doubles(message.center);
                if (message.zoom != null && $Object.hasOwnProperty.call(message, "zoom") && !$Object.is(message.zoom, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.zoom);
                if (message.angles != null && message.angles.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.angles);
                if (message.perspective != null && $Object.hasOwnProperty.call(message, "perspective") && !$Object.is(message.perspective, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.perspective);
                if (message.ndisplay != null && $Object.hasOwnProperty.call(message, "ndisplay") && message.ndisplay !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.ndisplay);
                if (message.order != null && message.order.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).uint32s(message.order);
                if (message.point != null && message.point.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).doubles(message.point);
                if (message.marginLeft != null && message.marginLeft.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).doubles(message.marginLeft);
                if (message.marginRight != null && message.marginRight.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).doubles(message.marginRight);
                if (message.orientation != null && message.orientation.length)
                    for (let i = 0; i < message.orientation.length; ++i)
                        writer.uint32(/* id 10, wireType 2 =*/82).string(message.orientation[i]);
                if (message.width != null && $Object.hasOwnProperty.call(message, "width") && message.width !== 0)
                    writer.uint32(/* id 11, wireType 0 =*/88).uint32(message.width);
                if (message.height != null && $Object.hasOwnProperty.call(message, "height") && message.height !== 0)
                    writer.uint32(/* id 12, wireType 0 =*/96).uint32(message.height);
                if (message.pixelRatio != null && $Object.hasOwnProperty.call(message, "pixelRatio") && !$Object.is(message.pixelRatio, 0))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.pixelRatio);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Pose message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Pose
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Pose & eyepiece.viewer.Pose.$Shape} Pose
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Pose.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Pose();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType === 2) {
                                if (!(message.center && message.center.length))
                                    message.center = [];
                                reader.doubles(message.center);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.center && message.center.length))
                                message.center = [];
                            message.center.push(reader.double());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.zoom = value;
                            else
                                delete message.zoom;
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.angles && message.angles.length))
                                    message.angles = [];
                                reader.doubles(message.angles);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.angles && message.angles.length))
                                message.angles = [];
                            message.angles.push(reader.double());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.perspective = value;
                            else
                                delete message.perspective;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.ndisplay = value;
                            else
                                delete message.ndisplay;
                            continue;
                        }
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.order && message.order.length))
                                    message.order = [];
                                reader.uint32s(message.order);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.order && message.order.length))
                                message.order = [];
                            message.order.push(reader.uint32());
                            continue;
                        }
                    case 7: {
                            if (wireType === 2) {
                                if (!(message.point && message.point.length))
                                    message.point = [];
                                reader.doubles(message.point);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.point && message.point.length))
                                message.point = [];
                            message.point.push(reader.double());
                            continue;
                        }
                    case 8: {
                            if (wireType === 2) {
                                if (!(message.marginLeft && message.marginLeft.length))
                                    message.marginLeft = [];
                                reader.doubles(message.marginLeft);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.marginLeft && message.marginLeft.length))
                                message.marginLeft = [];
                            message.marginLeft.push(reader.double());
                            continue;
                        }
                    case 9: {
                            if (wireType === 2) {
                                if (!(message.marginRight && message.marginRight.length))
                                    message.marginRight = [];
                                reader.doubles(message.marginRight);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.marginRight && message.marginRight.length))
                                message.marginRight = [];
                            message.marginRight.push(reader.double());
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.orientation && message.orientation.length))
                                message.orientation = [];
                            message.orientation.push(reader.stringVerify());
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.width = value;
                            else
                                delete message.width;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.height = value;
                            else
                                delete message.height;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.pixelRatio = value;
                            else
                                delete message.pixelRatio;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Pose
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Pose
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Pose.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Pose";
            };

            return Pose;
        })();

        viewer.ViewInput = (function() {

            /**
             * Properties of a ViewInput.
             * @typedef {Object} eyepiece.viewer.ViewInput.$Properties
             * @property {number|null} [inputId] ViewInput inputId
             * @property {eyepiece.viewer.Pose.$Properties|null} [pose] ViewInput pose
             * @property {boolean|null} [moving] ViewInput moving
             * @property {boolean|null} [visible] ViewInput visible
             * @property {string|null} [gridJson] ViewInput gridJson
             * @property {boolean|null} [chosen] ViewInput chosen
             * @property {boolean|null} [recording] ViewInput recording
             * @property {boolean|null} [here] ViewInput here
             * @property {string|null} [overlaysJson] ViewInput overlaysJson
             * @property {string|null} [selected] ViewInput selected
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ViewInput.
             * @memberof eyepiece.viewer
             * @interface IViewInput
             * @augments eyepiece.viewer.ViewInput.$Properties
             * @deprecated Use eyepiece.viewer.ViewInput.$Properties instead.
             */

            /**
             * Shape of a ViewInput.
             * @typedef {eyepiece.viewer.ViewInput.$Properties} eyepiece.viewer.ViewInput.$Shape
             */

            /**
             * Constructs a new ViewInput.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ViewInput.
             * @constructor
             * @param {eyepiece.viewer.ViewInput.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ViewInput = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ViewInput inputId.
             * @member {number} inputId
             * @memberof eyepiece.viewer.ViewInput
             * @instance
             */
            ViewInput.prototype.inputId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ViewInput pose.
             * @member {eyepiece.viewer.Pose.$Properties|null|undefined} pose
             * @memberof eyepiece.viewer.ViewInput
             * @instance
             */
            ViewInput.prototype.pose = null;

            /**
             * ViewInput moving.
             * @member {boolean} moving
             * @memberof eyepiece.viewer.ViewInput
             * @instance
             */
            ViewInput.prototype.moving = false;

            /**
             * ViewInput visible.
             * @member {boolean} visible
             * @memberof eyepiece.viewer.ViewInput
             * @instance
             */
            ViewInput.prototype.visible = false;

            /**
             * ViewInput gridJson.
             * @member {string} gridJson
             * @memberof eyepiece.viewer.ViewInput
             * @instance
             */
            ViewInput.prototype.gridJson = "";

            /**
             * ViewInput chosen.
             * @member {boolean} chosen
             * @memberof eyepiece.viewer.ViewInput
             * @instance
             */
            ViewInput.prototype.chosen = false;

            /**
             * ViewInput recording.
             * @member {boolean} recording
             * @memberof eyepiece.viewer.ViewInput
             * @instance
             */
            ViewInput.prototype.recording = false;

            /**
             * ViewInput here.
             * @member {boolean} here
             * @memberof eyepiece.viewer.ViewInput
             * @instance
             */
            ViewInput.prototype.here = false;

            /**
             * ViewInput overlaysJson.
             * @member {string} overlaysJson
             * @memberof eyepiece.viewer.ViewInput
             * @instance
             */
            ViewInput.prototype.overlaysJson = "";

            /**
             * ViewInput selected.
             * @member {string} selected
             * @memberof eyepiece.viewer.ViewInput
             * @instance
             */
            ViewInput.prototype.selected = "";

            /**
             * Encodes the specified ViewInput message. Does not implicitly {@link eyepiece.viewer.ViewInput.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ViewInput
             * @static
             * @param {eyepiece.viewer.ViewInput.$Properties} message ViewInput message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ViewInput.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.inputId != null && $Object.hasOwnProperty.call(message, "inputId") && (typeof message.inputId === "object" ? message.inputId.low || message.inputId.high : message.inputId !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.inputId);
                if (message.pose != null && $Object.hasOwnProperty.call(message, "pose"))
                    $root.eyepiece.viewer.Pose.encode(message.pose, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.moving != null && $Object.hasOwnProperty.call(message, "moving") && message.moving !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.moving);
                if (message.visible != null && $Object.hasOwnProperty.call(message, "visible") && message.visible !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.visible);
                if (message.gridJson != null && $Object.hasOwnProperty.call(message, "gridJson") && message.gridJson !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.gridJson);
                if (message.chosen != null && $Object.hasOwnProperty.call(message, "chosen") && message.chosen !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.chosen);
                if (message.recording != null && $Object.hasOwnProperty.call(message, "recording") && message.recording !== false)
                    writer.uint32(/* id 7, wireType 0 =*/56).bool(message.recording);
                if (message.here != null && $Object.hasOwnProperty.call(message, "here") && message.here !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.here);
                if (message.overlaysJson != null && $Object.hasOwnProperty.call(message, "overlaysJson") && message.overlaysJson !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.overlaysJson);
                if (message.selected != null && $Object.hasOwnProperty.call(message, "selected") && message.selected !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.selected);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ViewInput message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ViewInput
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ViewInput & eyepiece.viewer.ViewInput.$Shape} ViewInput
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ViewInput.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ViewInput();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.inputId = value;
                            else
                                delete message.inputId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.pose = $root.eyepiece.viewer.Pose.decode(reader, reader.size(), $undefined, _depth + 1, message.pose);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.moving = value;
                            else
                                delete message.moving;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.visible = value;
                            else
                                delete message.visible;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.gridJson = value;
                            else
                                delete message.gridJson;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.chosen = value;
                            else
                                delete message.chosen;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.recording = value;
                            else
                                delete message.recording;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.here = value;
                            else
                                delete message.here;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.overlaysJson = value;
                            else
                                delete message.overlaysJson;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.selected = value;
                            else
                                delete message.selected;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ViewInput
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ViewInput
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ViewInput.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ViewInput";
            };

            return ViewInput;
        })();

        viewer.ViewerRequest = (function() {

            /**
             * Properties of a ViewerRequest.
             * @typedef {Object} eyepiece.viewer.ViewerRequest.$Properties
             * @property {number|null} [id] ViewerRequest id
             * @property {eyepiece.viewer.ViewInput.$Properties|null} [input] ViewerRequest input
             * @property {eyepiece.viewer.SceneOps.$Properties|null} [ops] ViewerRequest ops
             * @property {eyepiece.viewer.Undo.$Properties|null} [undo] ViewerRequest undo
             * @property {eyepiece.viewer.OpenData.$Properties|null} [open] ViewerRequest open
             * @property {eyepiece.viewer.ValueAt.$Properties|null} [valueAt] ViewerRequest valueAt
             * @property {eyepiece.viewer.Histogram.$Properties|null} [histogram] ViewerRequest histogram
             * @property {eyepiece.viewer.Screenshot.$Properties|null} [screenshot] ViewerRequest screenshot
             * @property {eyepiece.viewer.AutoContrast.$Properties|null} [autoContrast] ViewerRequest autoContrast
             * @property {eyepiece.viewer.ResetView.$Properties|null} [resetView] ViewerRequest resetView
             * @property {eyepiece.viewer.Keyframe.$Properties|null} [keyframe] ViewerRequest keyframe
             * @property {eyepiece.viewer.ClockProbe.$Properties|null} [clock] ViewerRequest clock
             * @property {eyepiece.viewer.TableAsked.$Properties|null} [table] ViewerRequest table
             * @property {eyepiece.viewer.RowsAsked.$Properties|null} [rows] ViewerRequest rows
             * @property {eyepiece.viewer.ItemsAsked.$Properties|null} [items] ViewerRequest items
             * @property {eyepiece.viewer.LayerAction.$Properties|null} [action] ViewerRequest action
             * @property {eyepiece.viewer.GreatestLabel.$Properties|null} [greatest] ViewerRequest greatest
             * @property {eyepiece.viewer.Thumbnail.$Properties|null} [thumbnail] ViewerRequest thumbnail
             * @property {eyepiece.viewer.Presence.$Properties|null} [presence] ViewerRequest presence
             * @property {eyepiece.viewer.SaveLayers.$Properties|null} [save] ViewerRequest save
             * @property {eyepiece.viewer.CancelSave.$Properties|null} [cancelSave] ViewerRequest cancelSave
             * @property {eyepiece.viewer.TakeSaved.$Properties|null} [takeSaved] ViewerRequest takeSaved
             * @property {eyepiece.viewer.DropSaved.$Properties|null} [dropSaved] ViewerRequest dropSaved
             * @property {eyepiece.viewer.FilmAsked.$Properties|null} [film] ViewerRequest film
             * @property {eyepiece.viewer.KeyPressed.$Properties|null} [key] ViewerRequest key
             * @property {eyepiece.viewer.Budget.$Properties|null} [budget] ViewerRequest budget
             * @property {"input"|"ops"|"undo"|"open"|"valueAt"|"histogram"|"screenshot"|"autoContrast"|"resetView"|"keyframe"|"clock"|"table"|"rows"|"items"|"action"|"greatest"|"thumbnail"|"presence"|"save"|"cancelSave"|"takeSaved"|"dropSaved"|"film"|"key"|"budget"} [what] ViewerRequest what
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ViewerRequest.
             * @memberof eyepiece.viewer
             * @interface IViewerRequest
             * @augments eyepiece.viewer.ViewerRequest.$Properties
             * @deprecated Use eyepiece.viewer.ViewerRequest.$Properties instead.
             */

            /**
             * Narrowed shape of a ViewerRequest.
             * @typedef {{
             *   id?: number|null;
             *   input?: eyepiece.viewer.ViewInput.$Shape|null;
             *   ops?: eyepiece.viewer.SceneOps.$Shape|null;
             *   undo?: eyepiece.viewer.Undo.$Shape|null;
             *   open?: eyepiece.viewer.OpenData.$Shape|null;
             *   valueAt?: eyepiece.viewer.ValueAt.$Shape|null;
             *   histogram?: eyepiece.viewer.Histogram.$Shape|null;
             *   screenshot?: eyepiece.viewer.Screenshot.$Shape|null;
             *   autoContrast?: eyepiece.viewer.AutoContrast.$Shape|null;
             *   resetView?: eyepiece.viewer.ResetView.$Shape|null;
             *   keyframe?: eyepiece.viewer.Keyframe.$Shape|null;
             *   clock?: eyepiece.viewer.ClockProbe.$Shape|null;
             *   table?: eyepiece.viewer.TableAsked.$Shape|null;
             *   rows?: eyepiece.viewer.RowsAsked.$Shape|null;
             *   items?: eyepiece.viewer.ItemsAsked.$Shape|null;
             *   action?: eyepiece.viewer.LayerAction.$Shape|null;
             *   greatest?: eyepiece.viewer.GreatestLabel.$Shape|null;
             *   thumbnail?: eyepiece.viewer.Thumbnail.$Shape|null;
             *   presence?: eyepiece.viewer.Presence.$Shape|null;
             *   save?: eyepiece.viewer.SaveLayers.$Shape|null;
             *   cancelSave?: eyepiece.viewer.CancelSave.$Shape|null;
             *   takeSaved?: eyepiece.viewer.TakeSaved.$Shape|null;
             *   dropSaved?: eyepiece.viewer.DropSaved.$Shape|null;
             *   film?: eyepiece.viewer.FilmAsked.$Shape|null;
             *   key?: eyepiece.viewer.KeyPressed.$Shape|null;
             *   budget?: eyepiece.viewer.Budget.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ what?: undefined; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "input"; input: eyepiece.viewer.ViewInput.$Shape; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "ops"; input?: null; ops: eyepiece.viewer.SceneOps.$Shape; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "undo"; input?: null; ops?: null; undo: eyepiece.viewer.Undo.$Shape; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "open"; input?: null; ops?: null; undo?: null; open: eyepiece.viewer.OpenData.$Shape; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "valueAt"; input?: null; ops?: null; undo?: null; open?: null; valueAt: eyepiece.viewer.ValueAt.$Shape; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "histogram"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram: eyepiece.viewer.Histogram.$Shape; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "screenshot"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot: eyepiece.viewer.Screenshot.$Shape; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "autoContrast"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast: eyepiece.viewer.AutoContrast.$Shape; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "resetView"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView: eyepiece.viewer.ResetView.$Shape; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "keyframe"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe: eyepiece.viewer.Keyframe.$Shape; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "clock"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock: eyepiece.viewer.ClockProbe.$Shape; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "table"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table: eyepiece.viewer.TableAsked.$Shape; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "rows"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows: eyepiece.viewer.RowsAsked.$Shape; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "items"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items: eyepiece.viewer.ItemsAsked.$Shape; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "action"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action: eyepiece.viewer.LayerAction.$Shape; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "greatest"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest: eyepiece.viewer.GreatestLabel.$Shape; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "thumbnail"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail: eyepiece.viewer.Thumbnail.$Shape; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "presence"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence: eyepiece.viewer.Presence.$Shape; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "save"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save: eyepiece.viewer.SaveLayers.$Shape; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "cancelSave"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave: eyepiece.viewer.CancelSave.$Shape; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "takeSaved"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved: eyepiece.viewer.TakeSaved.$Shape; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "dropSaved"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved: eyepiece.viewer.DropSaved.$Shape; film?: null; key?: null; budget?: null }|{ what?: "film"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film: eyepiece.viewer.FilmAsked.$Shape; key?: null; budget?: null }|{ what?: "key"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key: eyepiece.viewer.KeyPressed.$Shape; budget?: null }|{ what?: "budget"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget: eyepiece.viewer.Budget.$Shape })
             * )} eyepiece.viewer.ViewerRequest.$Shape
             */

            /**
             * Constructs a new ViewerRequest.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ViewerRequest.
             * @constructor
             * @param {eyepiece.viewer.ViewerRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ViewerRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ViewerRequest id.
             * @member {number} id
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.id = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ViewerRequest input.
             * @member {eyepiece.viewer.ViewInput.$Properties|null|undefined} input
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.input = null;

            /**
             * ViewerRequest ops.
             * @member {eyepiece.viewer.SceneOps.$Properties|null|undefined} ops
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.ops = null;

            /**
             * ViewerRequest undo.
             * @member {eyepiece.viewer.Undo.$Properties|null|undefined} undo
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.undo = null;

            /**
             * ViewerRequest open.
             * @member {eyepiece.viewer.OpenData.$Properties|null|undefined} open
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.open = null;

            /**
             * ViewerRequest valueAt.
             * @member {eyepiece.viewer.ValueAt.$Properties|null|undefined} valueAt
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.valueAt = null;

            /**
             * ViewerRequest histogram.
             * @member {eyepiece.viewer.Histogram.$Properties|null|undefined} histogram
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.histogram = null;

            /**
             * ViewerRequest screenshot.
             * @member {eyepiece.viewer.Screenshot.$Properties|null|undefined} screenshot
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.screenshot = null;

            /**
             * ViewerRequest autoContrast.
             * @member {eyepiece.viewer.AutoContrast.$Properties|null|undefined} autoContrast
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.autoContrast = null;

            /**
             * ViewerRequest resetView.
             * @member {eyepiece.viewer.ResetView.$Properties|null|undefined} resetView
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.resetView = null;

            /**
             * ViewerRequest keyframe.
             * @member {eyepiece.viewer.Keyframe.$Properties|null|undefined} keyframe
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.keyframe = null;

            /**
             * ViewerRequest clock.
             * @member {eyepiece.viewer.ClockProbe.$Properties|null|undefined} clock
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.clock = null;

            /**
             * ViewerRequest table.
             * @member {eyepiece.viewer.TableAsked.$Properties|null|undefined} table
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.table = null;

            /**
             * ViewerRequest rows.
             * @member {eyepiece.viewer.RowsAsked.$Properties|null|undefined} rows
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.rows = null;

            /**
             * ViewerRequest items.
             * @member {eyepiece.viewer.ItemsAsked.$Properties|null|undefined} items
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.items = null;

            /**
             * ViewerRequest action.
             * @member {eyepiece.viewer.LayerAction.$Properties|null|undefined} action
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.action = null;

            /**
             * ViewerRequest greatest.
             * @member {eyepiece.viewer.GreatestLabel.$Properties|null|undefined} greatest
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.greatest = null;

            /**
             * ViewerRequest thumbnail.
             * @member {eyepiece.viewer.Thumbnail.$Properties|null|undefined} thumbnail
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.thumbnail = null;

            /**
             * ViewerRequest presence.
             * @member {eyepiece.viewer.Presence.$Properties|null|undefined} presence
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.presence = null;

            /**
             * ViewerRequest save.
             * @member {eyepiece.viewer.SaveLayers.$Properties|null|undefined} save
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.save = null;

            /**
             * ViewerRequest cancelSave.
             * @member {eyepiece.viewer.CancelSave.$Properties|null|undefined} cancelSave
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.cancelSave = null;

            /**
             * ViewerRequest takeSaved.
             * @member {eyepiece.viewer.TakeSaved.$Properties|null|undefined} takeSaved
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.takeSaved = null;

            /**
             * ViewerRequest dropSaved.
             * @member {eyepiece.viewer.DropSaved.$Properties|null|undefined} dropSaved
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.dropSaved = null;

            /**
             * ViewerRequest film.
             * @member {eyepiece.viewer.FilmAsked.$Properties|null|undefined} film
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.film = null;

            /**
             * ViewerRequest key.
             * @member {eyepiece.viewer.KeyPressed.$Properties|null|undefined} key
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.key = null;

            /**
             * ViewerRequest budget.
             * @member {eyepiece.viewer.Budget.$Properties|null|undefined} budget
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            ViewerRequest.prototype.budget = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * ViewerRequest what.
             * @member {"input"|"ops"|"undo"|"open"|"valueAt"|"histogram"|"screenshot"|"autoContrast"|"resetView"|"keyframe"|"clock"|"table"|"rows"|"items"|"action"|"greatest"|"thumbnail"|"presence"|"save"|"cancelSave"|"takeSaved"|"dropSaved"|"film"|"key"|"budget"|undefined} what
             * @memberof eyepiece.viewer.ViewerRequest
             * @instance
             */
            $Object.defineProperty(ViewerRequest.prototype, "what", {
                get: $util.oneOfGetter($oneOfFields = ["input", "ops", "undo", "open", "valueAt", "histogram", "screenshot", "autoContrast", "resetView", "keyframe", "clock", "table", "rows", "items", "action", "greatest", "thumbnail", "presence", "save", "cancelSave", "takeSaved", "dropSaved", "film", "key", "budget"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified ViewerRequest message. Does not implicitly {@link eyepiece.viewer.ViewerRequest.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ViewerRequest
             * @static
             * @param {eyepiece.viewer.ViewerRequest.$Properties} message ViewerRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ViewerRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && (typeof message.id === "object" ? message.id.low || message.id.high : message.id !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.id);
                if (message.input != null && $Object.hasOwnProperty.call(message, "input"))
                    $root.eyepiece.viewer.ViewInput.encode(message.input, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.ops != null && $Object.hasOwnProperty.call(message, "ops"))
                    $root.eyepiece.viewer.SceneOps.encode(message.ops, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.undo != null && $Object.hasOwnProperty.call(message, "undo"))
                    $root.eyepiece.viewer.Undo.encode(message.undo, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.open != null && $Object.hasOwnProperty.call(message, "open"))
                    $root.eyepiece.viewer.OpenData.encode(message.open, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.valueAt != null && $Object.hasOwnProperty.call(message, "valueAt"))
                    $root.eyepiece.viewer.ValueAt.encode(message.valueAt, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.histogram != null && $Object.hasOwnProperty.call(message, "histogram"))
                    $root.eyepiece.viewer.Histogram.encode(message.histogram, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.screenshot != null && $Object.hasOwnProperty.call(message, "screenshot"))
                    $root.eyepiece.viewer.Screenshot.encode(message.screenshot, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.autoContrast != null && $Object.hasOwnProperty.call(message, "autoContrast"))
                    $root.eyepiece.viewer.AutoContrast.encode(message.autoContrast, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.resetView != null && $Object.hasOwnProperty.call(message, "resetView"))
                    $root.eyepiece.viewer.ResetView.encode(message.resetView, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.keyframe != null && $Object.hasOwnProperty.call(message, "keyframe"))
                    $root.eyepiece.viewer.Keyframe.encode(message.keyframe, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.clock != null && $Object.hasOwnProperty.call(message, "clock"))
                    $root.eyepiece.viewer.ClockProbe.encode(message.clock, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.table != null && $Object.hasOwnProperty.call(message, "table"))
                    $root.eyepiece.viewer.TableAsked.encode(message.table, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.rows != null && $Object.hasOwnProperty.call(message, "rows"))
                    $root.eyepiece.viewer.RowsAsked.encode(message.rows, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.items != null && $Object.hasOwnProperty.call(message, "items"))
                    $root.eyepiece.viewer.ItemsAsked.encode(message.items, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.action != null && $Object.hasOwnProperty.call(message, "action"))
                    $root.eyepiece.viewer.LayerAction.encode(message.action, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.thumbnail != null && $Object.hasOwnProperty.call(message, "thumbnail"))
                    $root.eyepiece.viewer.Thumbnail.encode(message.thumbnail, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.save != null && $Object.hasOwnProperty.call(message, "save"))
                    $root.eyepiece.viewer.SaveLayers.encode(message.save, writer.uint32(/* id 40, wireType 2 =*/322).fork(), _depth + 1).ldelim();
                if (message.cancelSave != null && $Object.hasOwnProperty.call(message, "cancelSave"))
                    $root.eyepiece.viewer.CancelSave.encode(message.cancelSave, writer.uint32(/* id 41, wireType 2 =*/330).fork(), _depth + 1).ldelim();
                if (message.takeSaved != null && $Object.hasOwnProperty.call(message, "takeSaved"))
                    $root.eyepiece.viewer.TakeSaved.encode(message.takeSaved, writer.uint32(/* id 42, wireType 2 =*/338).fork(), _depth + 1).ldelim();
                if (message.dropSaved != null && $Object.hasOwnProperty.call(message, "dropSaved"))
                    $root.eyepiece.viewer.DropSaved.encode(message.dropSaved, writer.uint32(/* id 43, wireType 2 =*/346).fork(), _depth + 1).ldelim();
                if (message.budget != null && $Object.hasOwnProperty.call(message, "budget"))
                    $root.eyepiece.viewer.Budget.encode(message.budget, writer.uint32(/* id 60, wireType 2 =*/482).fork(), _depth + 1).ldelim();
                if (message.presence != null && $Object.hasOwnProperty.call(message, "presence"))
                    $root.eyepiece.viewer.Presence.encode(message.presence, writer.uint32(/* id 70, wireType 2 =*/562).fork(), _depth + 1).ldelim();
                if (message.greatest != null && $Object.hasOwnProperty.call(message, "greatest"))
                    $root.eyepiece.viewer.GreatestLabel.encode(message.greatest, writer.uint32(/* id 71, wireType 2 =*/570).fork(), _depth + 1).ldelim();
                if (message.film != null && $Object.hasOwnProperty.call(message, "film"))
                    $root.eyepiece.viewer.FilmAsked.encode(message.film, writer.uint32(/* id 72, wireType 2 =*/578).fork(), _depth + 1).ldelim();
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    $root.eyepiece.viewer.KeyPressed.encode(message.key, writer.uint32(/* id 73, wireType 2 =*/586).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ViewerRequest message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ViewerRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ViewerRequest & eyepiece.viewer.ViewerRequest.$Shape} ViewerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ViewerRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ViewerRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.input = $root.eyepiece.viewer.ViewInput.decode(reader, reader.size(), $undefined, _depth + 1, message.input);
                            message.what = "input";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.ops = $root.eyepiece.viewer.SceneOps.decode(reader, reader.size(), $undefined, _depth + 1, message.ops);
                            message.what = "ops";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.undo = $root.eyepiece.viewer.Undo.decode(reader, reader.size(), $undefined, _depth + 1, message.undo);
                            message.what = "undo";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.open = $root.eyepiece.viewer.OpenData.decode(reader, reader.size(), $undefined, _depth + 1, message.open);
                            message.what = "open";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.valueAt = $root.eyepiece.viewer.ValueAt.decode(reader, reader.size(), $undefined, _depth + 1, message.valueAt);
                            message.what = "valueAt";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.histogram = $root.eyepiece.viewer.Histogram.decode(reader, reader.size(), $undefined, _depth + 1, message.histogram);
                            message.what = "histogram";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.screenshot = $root.eyepiece.viewer.Screenshot.decode(reader, reader.size(), $undefined, _depth + 1, message.screenshot);
                            message.what = "screenshot";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.autoContrast = $root.eyepiece.viewer.AutoContrast.decode(reader, reader.size(), $undefined, _depth + 1, message.autoContrast);
                            message.what = "autoContrast";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.resetView = $root.eyepiece.viewer.ResetView.decode(reader, reader.size(), $undefined, _depth + 1, message.resetView);
                            message.what = "resetView";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.keyframe = $root.eyepiece.viewer.Keyframe.decode(reader, reader.size(), $undefined, _depth + 1, message.keyframe);
                            message.what = "keyframe";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.clock = $root.eyepiece.viewer.ClockProbe.decode(reader, reader.size(), $undefined, _depth + 1, message.clock);
                            message.what = "clock";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.table = $root.eyepiece.viewer.TableAsked.decode(reader, reader.size(), $undefined, _depth + 1, message.table);
                            message.what = "table";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.rows = $root.eyepiece.viewer.RowsAsked.decode(reader, reader.size(), $undefined, _depth + 1, message.rows);
                            message.what = "rows";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.items = $root.eyepiece.viewer.ItemsAsked.decode(reader, reader.size(), $undefined, _depth + 1, message.items);
                            message.what = "items";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.action = $root.eyepiece.viewer.LayerAction.decode(reader, reader.size(), $undefined, _depth + 1, message.action);
                            message.what = "action";
                            continue;
                        }
                    case 71: {
                            if (wireType !== 2)
                                break;
                            message.greatest = $root.eyepiece.viewer.GreatestLabel.decode(reader, reader.size(), $undefined, _depth + 1, message.greatest);
                            message.what = "greatest";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.thumbnail = $root.eyepiece.viewer.Thumbnail.decode(reader, reader.size(), $undefined, _depth + 1, message.thumbnail);
                            message.what = "thumbnail";
                            continue;
                        }
                    case 70: {
                            if (wireType !== 2)
                                break;
                            message.presence = $root.eyepiece.viewer.Presence.decode(reader, reader.size(), $undefined, _depth + 1, message.presence);
                            message.what = "presence";
                            continue;
                        }
                    case 40: {
                            if (wireType !== 2)
                                break;
                            message.save = $root.eyepiece.viewer.SaveLayers.decode(reader, reader.size(), $undefined, _depth + 1, message.save);
                            message.what = "save";
                            continue;
                        }
                    case 41: {
                            if (wireType !== 2)
                                break;
                            message.cancelSave = $root.eyepiece.viewer.CancelSave.decode(reader, reader.size(), $undefined, _depth + 1, message.cancelSave);
                            message.what = "cancelSave";
                            continue;
                        }
                    case 42: {
                            if (wireType !== 2)
                                break;
                            message.takeSaved = $root.eyepiece.viewer.TakeSaved.decode(reader, reader.size(), $undefined, _depth + 1, message.takeSaved);
                            message.what = "takeSaved";
                            continue;
                        }
                    case 43: {
                            if (wireType !== 2)
                                break;
                            message.dropSaved = $root.eyepiece.viewer.DropSaved.decode(reader, reader.size(), $undefined, _depth + 1, message.dropSaved);
                            message.what = "dropSaved";
                            continue;
                        }
                    case 72: {
                            if (wireType !== 2)
                                break;
                            message.film = $root.eyepiece.viewer.FilmAsked.decode(reader, reader.size(), $undefined, _depth + 1, message.film);
                            message.what = "film";
                            continue;
                        }
                    case 73: {
                            if (wireType !== 2)
                                break;
                            message.key = $root.eyepiece.viewer.KeyPressed.decode(reader, reader.size(), $undefined, _depth + 1, message.key);
                            message.what = "key";
                            continue;
                        }
                    case 60: {
                            if (wireType !== 2)
                                break;
                            message.budget = $root.eyepiece.viewer.Budget.decode(reader, reader.size(), $undefined, _depth + 1, message.budget);
                            message.what = "budget";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ViewerRequest
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ViewerRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ViewerRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ViewerRequest";
            };

            return ViewerRequest;
        })();

        viewer.SceneOps = (function() {

            /**
             * Properties of a SceneOps.
             * @typedef {Object} eyepiece.viewer.SceneOps.$Properties
             * @property {string|null} [json] SceneOps json
             * @property {string|null} [merge] SceneOps merge
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SceneOps.
             * @memberof eyepiece.viewer
             * @interface ISceneOps
             * @augments eyepiece.viewer.SceneOps.$Properties
             * @deprecated Use eyepiece.viewer.SceneOps.$Properties instead.
             */

            /**
             * Shape of a SceneOps.
             * @typedef {eyepiece.viewer.SceneOps.$Properties} eyepiece.viewer.SceneOps.$Shape
             */

            /**
             * Constructs a new SceneOps.
             * @memberof eyepiece.viewer
             * @classdesc Represents a SceneOps.
             * @constructor
             * @param {eyepiece.viewer.SceneOps.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SceneOps = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SceneOps json.
             * @member {string} json
             * @memberof eyepiece.viewer.SceneOps
             * @instance
             */
            SceneOps.prototype.json = "";

            /**
             * SceneOps merge.
             * @member {string} merge
             * @memberof eyepiece.viewer.SceneOps
             * @instance
             */
            SceneOps.prototype.merge = "";

            /**
             * Encodes the specified SceneOps message. Does not implicitly {@link eyepiece.viewer.SceneOps.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.SceneOps
             * @static
             * @param {eyepiece.viewer.SceneOps.$Properties} message SceneOps message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SceneOps.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.json != null && $Object.hasOwnProperty.call(message, "json") && message.json !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.json);
                if (message.merge != null && $Object.hasOwnProperty.call(message, "merge") && message.merge !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.merge);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SceneOps message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.SceneOps
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.SceneOps & eyepiece.viewer.SceneOps.$Shape} SceneOps
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SceneOps.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.SceneOps();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.json = value;
                            else
                                delete message.json;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.merge = value;
                            else
                                delete message.merge;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for SceneOps
             * @function getTypeUrl
             * @memberof eyepiece.viewer.SceneOps
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SceneOps.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.SceneOps";
            };

            return SceneOps;
        })();

        viewer.Undo = (function() {

            /**
             * Properties of an Undo.
             * @typedef {Object} eyepiece.viewer.Undo.$Properties
             * @property {boolean|null} [redo] Undo redo
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Undo.
             * @memberof eyepiece.viewer
             * @interface IUndo
             * @augments eyepiece.viewer.Undo.$Properties
             * @deprecated Use eyepiece.viewer.Undo.$Properties instead.
             */

            /**
             * Shape of an Undo.
             * @typedef {eyepiece.viewer.Undo.$Properties} eyepiece.viewer.Undo.$Shape
             */

            /**
             * Constructs a new Undo.
             * @memberof eyepiece.viewer
             * @classdesc Represents an Undo.
             * @constructor
             * @param {eyepiece.viewer.Undo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Undo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Undo redo.
             * @member {boolean} redo
             * @memberof eyepiece.viewer.Undo
             * @instance
             */
            Undo.prototype.redo = false;

            /**
             * Encodes the specified Undo message. Does not implicitly {@link eyepiece.viewer.Undo.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Undo
             * @static
             * @param {eyepiece.viewer.Undo.$Properties} message Undo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Undo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.redo != null && $Object.hasOwnProperty.call(message, "redo") && message.redo !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.redo);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Undo message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Undo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Undo & eyepiece.viewer.Undo.$Shape} Undo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Undo.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Undo();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.redo = value;
                            else
                                delete message.redo;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Undo
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Undo
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Undo.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Undo";
            };

            return Undo;
        })();

        viewer.OpenData = (function() {

            /**
             * Properties of an OpenData.
             * @typedef {Object} eyepiece.viewer.OpenData.$Properties
             * @property {string|null} [uri] OpenData uri
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an OpenData.
             * @memberof eyepiece.viewer
             * @interface IOpenData
             * @augments eyepiece.viewer.OpenData.$Properties
             * @deprecated Use eyepiece.viewer.OpenData.$Properties instead.
             */

            /**
             * Shape of an OpenData.
             * @typedef {eyepiece.viewer.OpenData.$Properties} eyepiece.viewer.OpenData.$Shape
             */

            /**
             * Constructs a new OpenData.
             * @memberof eyepiece.viewer
             * @classdesc Represents an OpenData.
             * @constructor
             * @param {eyepiece.viewer.OpenData.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const OpenData = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * OpenData uri.
             * @member {string} uri
             * @memberof eyepiece.viewer.OpenData
             * @instance
             */
            OpenData.prototype.uri = "";

            /**
             * Encodes the specified OpenData message. Does not implicitly {@link eyepiece.viewer.OpenData.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.OpenData
             * @static
             * @param {eyepiece.viewer.OpenData.$Properties} message OpenData message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            OpenData.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.uri != null && $Object.hasOwnProperty.call(message, "uri") && message.uri !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.uri);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an OpenData message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.OpenData
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.OpenData & eyepiece.viewer.OpenData.$Shape} OpenData
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            OpenData.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.OpenData();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.uri = value;
                            else
                                delete message.uri;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for OpenData
             * @function getTypeUrl
             * @memberof eyepiece.viewer.OpenData
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            OpenData.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.OpenData";
            };

            return OpenData;
        })();

        viewer.ValueAt = (function() {

            /**
             * Properties of a ValueAt.
             * @typedef {Object} eyepiece.viewer.ValueAt.$Properties
             * @property {number|null} [x] ValueAt x
             * @property {number|null} [y] ValueAt y
             * @property {string|null} [layer] ValueAt layer
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ValueAt.
             * @memberof eyepiece.viewer
             * @interface IValueAt
             * @augments eyepiece.viewer.ValueAt.$Properties
             * @deprecated Use eyepiece.viewer.ValueAt.$Properties instead.
             */

            /**
             * Shape of a ValueAt.
             * @typedef {eyepiece.viewer.ValueAt.$Properties} eyepiece.viewer.ValueAt.$Shape
             */

            /**
             * Constructs a new ValueAt.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ValueAt.
             * @constructor
             * @param {eyepiece.viewer.ValueAt.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ValueAt = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ValueAt x.
             * @member {number} x
             * @memberof eyepiece.viewer.ValueAt
             * @instance
             */
            ValueAt.prototype.x = 0;

            /**
             * ValueAt y.
             * @member {number} y
             * @memberof eyepiece.viewer.ValueAt
             * @instance
             */
            ValueAt.prototype.y = 0;

            /**
             * ValueAt layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.ValueAt
             * @instance
             */
            ValueAt.prototype.layer = "";

            /**
             * Encodes the specified ValueAt message. Does not implicitly {@link eyepiece.viewer.ValueAt.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ValueAt
             * @static
             * @param {eyepiece.viewer.ValueAt.$Properties} message ValueAt message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ValueAt.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.x != null && $Object.hasOwnProperty.call(message, "x") && !$Object.is(message.x, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.x);
                if (message.y != null && $Object.hasOwnProperty.call(message, "y") && !$Object.is(message.y, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.y);
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.layer);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ValueAt message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ValueAt
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ValueAt & eyepiece.viewer.ValueAt.$Shape} ValueAt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ValueAt.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ValueAt();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.x = value;
                            else
                                delete message.x;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.y = value;
                            else
                                delete message.y;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ValueAt
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ValueAt
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ValueAt.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ValueAt";
            };

            return ValueAt;
        })();

        viewer.Histogram = (function() {

            /**
             * Properties of a Histogram.
             * @typedef {Object} eyepiece.viewer.Histogram.$Properties
             * @property {string|null} [layer] Histogram layer
             * @property {number|null} [bins] Histogram bins
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Histogram.
             * @memberof eyepiece.viewer
             * @interface IHistogram
             * @augments eyepiece.viewer.Histogram.$Properties
             * @deprecated Use eyepiece.viewer.Histogram.$Properties instead.
             */

            /**
             * Shape of a Histogram.
             * @typedef {eyepiece.viewer.Histogram.$Properties} eyepiece.viewer.Histogram.$Shape
             */

            /**
             * Constructs a new Histogram.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Histogram.
             * @constructor
             * @param {eyepiece.viewer.Histogram.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Histogram = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Histogram layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.Histogram
             * @instance
             */
            Histogram.prototype.layer = "";

            /**
             * Histogram bins.
             * @member {number} bins
             * @memberof eyepiece.viewer.Histogram
             * @instance
             */
            Histogram.prototype.bins = 0;

            /**
             * Encodes the specified Histogram message. Does not implicitly {@link eyepiece.viewer.Histogram.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Histogram
             * @static
             * @param {eyepiece.viewer.Histogram.$Properties} message Histogram message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Histogram.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                if (message.bins != null && $Object.hasOwnProperty.call(message, "bins") && message.bins !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.bins);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Histogram message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Histogram
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Histogram & eyepiece.viewer.Histogram.$Shape} Histogram
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Histogram.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Histogram();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.bins = value;
                            else
                                delete message.bins;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Histogram
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Histogram
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Histogram.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Histogram";
            };

            return Histogram;
        })();

        viewer.TableAsked = (function() {

            /**
             * Properties of a TableAsked.
             * @typedef {Object} eyepiece.viewer.TableAsked.$Properties
             * @property {string|null} [layer] TableAsked layer
             * @property {number|null} [most] TableAsked most
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TableAsked.
             * @memberof eyepiece.viewer
             * @interface ITableAsked
             * @augments eyepiece.viewer.TableAsked.$Properties
             * @deprecated Use eyepiece.viewer.TableAsked.$Properties instead.
             */

            /**
             * Shape of a TableAsked.
             * @typedef {eyepiece.viewer.TableAsked.$Properties} eyepiece.viewer.TableAsked.$Shape
             */

            /**
             * Constructs a new TableAsked.
             * @memberof eyepiece.viewer
             * @classdesc Represents a TableAsked.
             * @constructor
             * @param {eyepiece.viewer.TableAsked.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TableAsked = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TableAsked layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.TableAsked
             * @instance
             */
            TableAsked.prototype.layer = "";

            /**
             * TableAsked most.
             * @member {number} most
             * @memberof eyepiece.viewer.TableAsked
             * @instance
             */
            TableAsked.prototype.most = 0;

            /**
             * Encodes the specified TableAsked message. Does not implicitly {@link eyepiece.viewer.TableAsked.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.TableAsked
             * @static
             * @param {eyepiece.viewer.TableAsked.$Properties} message TableAsked message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TableAsked.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                if (message.most != null && $Object.hasOwnProperty.call(message, "most") && message.most !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.most);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TableAsked message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.TableAsked
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.TableAsked & eyepiece.viewer.TableAsked.$Shape} TableAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TableAsked.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.TableAsked();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.most = value;
                            else
                                delete message.most;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for TableAsked
             * @function getTypeUrl
             * @memberof eyepiece.viewer.TableAsked
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            TableAsked.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.TableAsked";
            };

            return TableAsked;
        })();

        viewer.RowsAsked = (function() {

            /**
             * Properties of a RowsAsked.
             * @typedef {Object} eyepiece.viewer.RowsAsked.$Properties
             * @property {string|null} [layer] RowsAsked layer
             * @property {number|null} [offset] RowsAsked offset
             * @property {number|null} [count] RowsAsked count
             * @property {string|null} [sort] RowsAsked sort
             * @property {boolean|null} [descending] RowsAsked descending
             * @property {string|null} [filter] RowsAsked filter
             * @property {Array.<number>|null} [indices] RowsAsked indices
             * @property {boolean|null} [finds] RowsAsked finds
             * @property {number|null} [find] RowsAsked find
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RowsAsked.
             * @memberof eyepiece.viewer
             * @interface IRowsAsked
             * @augments eyepiece.viewer.RowsAsked.$Properties
             * @deprecated Use eyepiece.viewer.RowsAsked.$Properties instead.
             */

            /**
             * Shape of a RowsAsked.
             * @typedef {eyepiece.viewer.RowsAsked.$Properties} eyepiece.viewer.RowsAsked.$Shape
             */

            /**
             * Constructs a new RowsAsked.
             * @memberof eyepiece.viewer
             * @classdesc Represents a RowsAsked.
             * @constructor
             * @param {eyepiece.viewer.RowsAsked.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RowsAsked = function (properties) {
                this.indices = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RowsAsked layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.RowsAsked
             * @instance
             */
            RowsAsked.prototype.layer = "";

            /**
             * RowsAsked offset.
             * @member {number} offset
             * @memberof eyepiece.viewer.RowsAsked
             * @instance
             */
            RowsAsked.prototype.offset = 0;

            /**
             * RowsAsked count.
             * @member {number} count
             * @memberof eyepiece.viewer.RowsAsked
             * @instance
             */
            RowsAsked.prototype.count = 0;

            /**
             * RowsAsked sort.
             * @member {string} sort
             * @memberof eyepiece.viewer.RowsAsked
             * @instance
             */
            RowsAsked.prototype.sort = "";

            /**
             * RowsAsked descending.
             * @member {boolean} descending
             * @memberof eyepiece.viewer.RowsAsked
             * @instance
             */
            RowsAsked.prototype.descending = false;

            /**
             * RowsAsked filter.
             * @member {string} filter
             * @memberof eyepiece.viewer.RowsAsked
             * @instance
             */
            RowsAsked.prototype.filter = "";

            /**
             * RowsAsked indices.
             * @member {Array.<number>} indices
             * @memberof eyepiece.viewer.RowsAsked
             * @instance
             */
            RowsAsked.prototype.indices = $util.emptyArray;

            /**
             * RowsAsked finds.
             * @member {boolean} finds
             * @memberof eyepiece.viewer.RowsAsked
             * @instance
             */
            RowsAsked.prototype.finds = false;

            /**
             * RowsAsked find.
             * @member {number} find
             * @memberof eyepiece.viewer.RowsAsked
             * @instance
             */
            RowsAsked.prototype.find = 0;

            /**
             * Encodes the specified RowsAsked message. Does not implicitly {@link eyepiece.viewer.RowsAsked.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.RowsAsked
             * @static
             * @param {eyepiece.viewer.RowsAsked.$Properties} message RowsAsked message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RowsAsked.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && message.offset !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.offset);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.count);
                if (message.sort != null && $Object.hasOwnProperty.call(message, "sort") && message.sort !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.sort);
                if (message.descending != null && $Object.hasOwnProperty.call(message, "descending") && message.descending !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.descending);
                if (message.filter != null && $Object.hasOwnProperty.call(message, "filter") && message.filter !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.filter);
                if (message.indices != null && message.indices.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).uint32s(message.indices);
                if (message.finds != null && $Object.hasOwnProperty.call(message, "finds") && message.finds !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.finds);
                if (message.find != null && $Object.hasOwnProperty.call(message, "find") && message.find !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.find);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RowsAsked message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.RowsAsked
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.RowsAsked & eyepiece.viewer.RowsAsked.$Shape} RowsAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RowsAsked.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.RowsAsked();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.offset = value;
                            else
                                delete message.offset;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sort = value;
                            else
                                delete message.sort;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.descending = value;
                            else
                                delete message.descending;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.filter = value;
                            else
                                delete message.filter;
                            continue;
                        }
                    case 7: {
                            if (wireType === 2) {
                                if (!(message.indices && message.indices.length))
                                    message.indices = [];
                                reader.uint32s(message.indices);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.indices && message.indices.length))
                                message.indices = [];
                            message.indices.push(reader.uint32());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.finds = value;
                            else
                                delete message.finds;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.find = value;
                            else
                                delete message.find;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for RowsAsked
             * @function getTypeUrl
             * @memberof eyepiece.viewer.RowsAsked
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RowsAsked.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.RowsAsked";
            };

            return RowsAsked;
        })();

        viewer.ItemsAsked = (function() {

            /**
             * Properties of an ItemsAsked.
             * @typedef {Object} eyepiece.viewer.ItemsAsked.$Properties
             * @property {string|null} [layer] ItemsAsked layer
             * @property {number|null} [x0] ItemsAsked x0
             * @property {number|null} [y0] ItemsAsked y0
             * @property {number|null} [x1] ItemsAsked x1
             * @property {number|null} [y1] ItemsAsked y1
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ItemsAsked.
             * @memberof eyepiece.viewer
             * @interface IItemsAsked
             * @augments eyepiece.viewer.ItemsAsked.$Properties
             * @deprecated Use eyepiece.viewer.ItemsAsked.$Properties instead.
             */

            /**
             * Shape of an ItemsAsked.
             * @typedef {eyepiece.viewer.ItemsAsked.$Properties} eyepiece.viewer.ItemsAsked.$Shape
             */

            /**
             * Constructs a new ItemsAsked.
             * @memberof eyepiece.viewer
             * @classdesc Represents an ItemsAsked.
             * @constructor
             * @param {eyepiece.viewer.ItemsAsked.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ItemsAsked = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ItemsAsked layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.ItemsAsked
             * @instance
             */
            ItemsAsked.prototype.layer = "";

            /**
             * ItemsAsked x0.
             * @member {number} x0
             * @memberof eyepiece.viewer.ItemsAsked
             * @instance
             */
            ItemsAsked.prototype.x0 = 0;

            /**
             * ItemsAsked y0.
             * @member {number} y0
             * @memberof eyepiece.viewer.ItemsAsked
             * @instance
             */
            ItemsAsked.prototype.y0 = 0;

            /**
             * ItemsAsked x1.
             * @member {number} x1
             * @memberof eyepiece.viewer.ItemsAsked
             * @instance
             */
            ItemsAsked.prototype.x1 = 0;

            /**
             * ItemsAsked y1.
             * @member {number} y1
             * @memberof eyepiece.viewer.ItemsAsked
             * @instance
             */
            ItemsAsked.prototype.y1 = 0;

            /**
             * Encodes the specified ItemsAsked message. Does not implicitly {@link eyepiece.viewer.ItemsAsked.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ItemsAsked
             * @static
             * @param {eyepiece.viewer.ItemsAsked.$Properties} message ItemsAsked message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ItemsAsked.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                if (message.x0 != null && $Object.hasOwnProperty.call(message, "x0") && !$Object.is(message.x0, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.x0);
                if (message.y0 != null && $Object.hasOwnProperty.call(message, "y0") && !$Object.is(message.y0, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.y0);
                if (message.x1 != null && $Object.hasOwnProperty.call(message, "x1") && !$Object.is(message.x1, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.x1);
                if (message.y1 != null && $Object.hasOwnProperty.call(message, "y1") && !$Object.is(message.y1, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.y1);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ItemsAsked message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ItemsAsked
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ItemsAsked & eyepiece.viewer.ItemsAsked.$Shape} ItemsAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ItemsAsked.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ItemsAsked();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.x0 = value;
                            else
                                delete message.x0;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.y0 = value;
                            else
                                delete message.y0;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.x1 = value;
                            else
                                delete message.x1;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.y1 = value;
                            else
                                delete message.y1;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ItemsAsked
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ItemsAsked
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ItemsAsked.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ItemsAsked";
            };

            return ItemsAsked;
        })();

        viewer.LayerAction = (function() {

            /**
             * Properties of a LayerAction.
             * @typedef {Object} eyepiece.viewer.LayerAction.$Properties
             * @property {string|null} [json] LayerAction json
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LayerAction.
             * @memberof eyepiece.viewer
             * @interface ILayerAction
             * @augments eyepiece.viewer.LayerAction.$Properties
             * @deprecated Use eyepiece.viewer.LayerAction.$Properties instead.
             */

            /**
             * Shape of a LayerAction.
             * @typedef {eyepiece.viewer.LayerAction.$Properties} eyepiece.viewer.LayerAction.$Shape
             */

            /**
             * Constructs a new LayerAction.
             * @memberof eyepiece.viewer
             * @classdesc Represents a LayerAction.
             * @constructor
             * @param {eyepiece.viewer.LayerAction.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LayerAction = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LayerAction json.
             * @member {string} json
             * @memberof eyepiece.viewer.LayerAction
             * @instance
             */
            LayerAction.prototype.json = "";

            /**
             * Encodes the specified LayerAction message. Does not implicitly {@link eyepiece.viewer.LayerAction.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.LayerAction
             * @static
             * @param {eyepiece.viewer.LayerAction.$Properties} message LayerAction message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LayerAction.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.json != null && $Object.hasOwnProperty.call(message, "json") && message.json !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.json);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LayerAction message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.LayerAction
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.LayerAction & eyepiece.viewer.LayerAction.$Shape} LayerAction
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LayerAction.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.LayerAction();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.json = value;
                            else
                                delete message.json;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for LayerAction
             * @function getTypeUrl
             * @memberof eyepiece.viewer.LayerAction
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            LayerAction.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.LayerAction";
            };

            return LayerAction;
        })();

        viewer.GreatestLabel = (function() {

            /**
             * Properties of a GreatestLabel.
             * @typedef {Object} eyepiece.viewer.GreatestLabel.$Properties
             * @property {string|null} [layer] GreatestLabel layer
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GreatestLabel.
             * @memberof eyepiece.viewer
             * @interface IGreatestLabel
             * @augments eyepiece.viewer.GreatestLabel.$Properties
             * @deprecated Use eyepiece.viewer.GreatestLabel.$Properties instead.
             */

            /**
             * Shape of a GreatestLabel.
             * @typedef {eyepiece.viewer.GreatestLabel.$Properties} eyepiece.viewer.GreatestLabel.$Shape
             */

            /**
             * Constructs a new GreatestLabel.
             * @memberof eyepiece.viewer
             * @classdesc Represents a GreatestLabel.
             * @constructor
             * @param {eyepiece.viewer.GreatestLabel.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GreatestLabel = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GreatestLabel layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.GreatestLabel
             * @instance
             */
            GreatestLabel.prototype.layer = "";

            /**
             * Encodes the specified GreatestLabel message. Does not implicitly {@link eyepiece.viewer.GreatestLabel.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.GreatestLabel
             * @static
             * @param {eyepiece.viewer.GreatestLabel.$Properties} message GreatestLabel message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GreatestLabel.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GreatestLabel message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.GreatestLabel
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.GreatestLabel & eyepiece.viewer.GreatestLabel.$Shape} GreatestLabel
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GreatestLabel.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.GreatestLabel();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for GreatestLabel
             * @function getTypeUrl
             * @memberof eyepiece.viewer.GreatestLabel
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            GreatestLabel.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.GreatestLabel";
            };

            return GreatestLabel;
        })();

        viewer.Thumbnail = (function() {

            /**
             * Properties of a Thumbnail.
             * @typedef {Object} eyepiece.viewer.Thumbnail.$Properties
             * @property {string|null} [layer] Thumbnail layer
             * @property {number|null} [size] Thumbnail size
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Thumbnail.
             * @memberof eyepiece.viewer
             * @interface IThumbnail
             * @augments eyepiece.viewer.Thumbnail.$Properties
             * @deprecated Use eyepiece.viewer.Thumbnail.$Properties instead.
             */

            /**
             * Shape of a Thumbnail.
             * @typedef {eyepiece.viewer.Thumbnail.$Properties} eyepiece.viewer.Thumbnail.$Shape
             */

            /**
             * Constructs a new Thumbnail.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Thumbnail.
             * @constructor
             * @param {eyepiece.viewer.Thumbnail.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Thumbnail = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Thumbnail layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.Thumbnail
             * @instance
             */
            Thumbnail.prototype.layer = "";

            /**
             * Thumbnail size.
             * @member {number} size
             * @memberof eyepiece.viewer.Thumbnail
             * @instance
             */
            Thumbnail.prototype.size = 0;

            /**
             * Encodes the specified Thumbnail message. Does not implicitly {@link eyepiece.viewer.Thumbnail.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Thumbnail
             * @static
             * @param {eyepiece.viewer.Thumbnail.$Properties} message Thumbnail message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Thumbnail.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && message.size !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.size);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Thumbnail message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Thumbnail
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Thumbnail & eyepiece.viewer.Thumbnail.$Shape} Thumbnail
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Thumbnail.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Thumbnail();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Thumbnail
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Thumbnail
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Thumbnail.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Thumbnail";
            };

            return Thumbnail;
        })();

        viewer.Screenshot = (function() {

            /**
             * Properties of a Screenshot.
             * @typedef {Object} eyepiece.viewer.Screenshot.$Properties
             * @property {number|null} [width] Screenshot width
             * @property {number|null} [height] Screenshot height
             * @property {boolean|null} [bare] Screenshot bare
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Screenshot.
             * @memberof eyepiece.viewer
             * @interface IScreenshot
             * @augments eyepiece.viewer.Screenshot.$Properties
             * @deprecated Use eyepiece.viewer.Screenshot.$Properties instead.
             */

            /**
             * Shape of a Screenshot.
             * @typedef {eyepiece.viewer.Screenshot.$Properties} eyepiece.viewer.Screenshot.$Shape
             */

            /**
             * Constructs a new Screenshot.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Screenshot.
             * @constructor
             * @param {eyepiece.viewer.Screenshot.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Screenshot = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Screenshot width.
             * @member {number} width
             * @memberof eyepiece.viewer.Screenshot
             * @instance
             */
            Screenshot.prototype.width = 0;

            /**
             * Screenshot height.
             * @member {number} height
             * @memberof eyepiece.viewer.Screenshot
             * @instance
             */
            Screenshot.prototype.height = 0;

            /**
             * Screenshot bare.
             * @member {boolean} bare
             * @memberof eyepiece.viewer.Screenshot
             * @instance
             */
            Screenshot.prototype.bare = false;

            /**
             * Encodes the specified Screenshot message. Does not implicitly {@link eyepiece.viewer.Screenshot.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Screenshot
             * @static
             * @param {eyepiece.viewer.Screenshot.$Properties} message Screenshot message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Screenshot.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.width != null && $Object.hasOwnProperty.call(message, "width") && message.width !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.width);
                if (message.height != null && $Object.hasOwnProperty.call(message, "height") && message.height !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.height);
                if (message.bare != null && $Object.hasOwnProperty.call(message, "bare") && message.bare !== false)
                    writer.uint32(/* id 3, wireType 0 =*/24).bool(message.bare);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Screenshot message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Screenshot
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Screenshot & eyepiece.viewer.Screenshot.$Shape} Screenshot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Screenshot.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Screenshot();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.width = value;
                            else
                                delete message.width;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.height = value;
                            else
                                delete message.height;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.bare = value;
                            else
                                delete message.bare;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Screenshot
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Screenshot
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Screenshot.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Screenshot";
            };

            return Screenshot;
        })();

        viewer.AutoContrast = (function() {

            /**
             * Properties of an AutoContrast.
             * @typedef {Object} eyepiece.viewer.AutoContrast.$Properties
             * @property {string|null} [layer] AutoContrast layer
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AutoContrast.
             * @memberof eyepiece.viewer
             * @interface IAutoContrast
             * @augments eyepiece.viewer.AutoContrast.$Properties
             * @deprecated Use eyepiece.viewer.AutoContrast.$Properties instead.
             */

            /**
             * Shape of an AutoContrast.
             * @typedef {eyepiece.viewer.AutoContrast.$Properties} eyepiece.viewer.AutoContrast.$Shape
             */

            /**
             * Constructs a new AutoContrast.
             * @memberof eyepiece.viewer
             * @classdesc Represents an AutoContrast.
             * @constructor
             * @param {eyepiece.viewer.AutoContrast.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AutoContrast = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AutoContrast layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.AutoContrast
             * @instance
             */
            AutoContrast.prototype.layer = "";

            /**
             * Encodes the specified AutoContrast message. Does not implicitly {@link eyepiece.viewer.AutoContrast.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.AutoContrast
             * @static
             * @param {eyepiece.viewer.AutoContrast.$Properties} message AutoContrast message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AutoContrast.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AutoContrast message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.AutoContrast
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.AutoContrast & eyepiece.viewer.AutoContrast.$Shape} AutoContrast
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AutoContrast.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.AutoContrast();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for AutoContrast
             * @function getTypeUrl
             * @memberof eyepiece.viewer.AutoContrast
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            AutoContrast.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.AutoContrast";
            };

            return AutoContrast;
        })();

        viewer.ResetView = (function() {

            /**
             * Properties of a ResetView.
             * @typedef {Object} eyepiece.viewer.ResetView.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ResetView.
             * @memberof eyepiece.viewer
             * @interface IResetView
             * @augments eyepiece.viewer.ResetView.$Properties
             * @deprecated Use eyepiece.viewer.ResetView.$Properties instead.
             */

            /**
             * Shape of a ResetView.
             * @typedef {eyepiece.viewer.ResetView.$Properties} eyepiece.viewer.ResetView.$Shape
             */

            /**
             * Constructs a new ResetView.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ResetView.
             * @constructor
             * @param {eyepiece.viewer.ResetView.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ResetView = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified ResetView message. Does not implicitly {@link eyepiece.viewer.ResetView.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ResetView
             * @static
             * @param {eyepiece.viewer.ResetView.$Properties} message ResetView message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ResetView.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ResetView message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ResetView
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ResetView & eyepiece.viewer.ResetView.$Shape} ResetView
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ResetView.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ResetView();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ResetView
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ResetView
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ResetView.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ResetView";
            };

            return ResetView;
        })();

        viewer.Keyframe = (function() {

            /**
             * Properties of a Keyframe.
             * @typedef {Object} eyepiece.viewer.Keyframe.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Keyframe.
             * @memberof eyepiece.viewer
             * @interface IKeyframe
             * @augments eyepiece.viewer.Keyframe.$Properties
             * @deprecated Use eyepiece.viewer.Keyframe.$Properties instead.
             */

            /**
             * Shape of a Keyframe.
             * @typedef {eyepiece.viewer.Keyframe.$Properties} eyepiece.viewer.Keyframe.$Shape
             */

            /**
             * Constructs a new Keyframe.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Keyframe.
             * @constructor
             * @param {eyepiece.viewer.Keyframe.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Keyframe = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified Keyframe message. Does not implicitly {@link eyepiece.viewer.Keyframe.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Keyframe
             * @static
             * @param {eyepiece.viewer.Keyframe.$Properties} message Keyframe message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Keyframe.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Keyframe message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Keyframe
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Keyframe & eyepiece.viewer.Keyframe.$Shape} Keyframe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Keyframe.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Keyframe();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Keyframe
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Keyframe
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Keyframe.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Keyframe";
            };

            return Keyframe;
        })();

        viewer.Presence = (function() {

            /**
             * Properties of a Presence.
             * @typedef {Object} eyepiece.viewer.Presence.$Properties
             * @property {Array.<number>|null} [world] Presence world
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Presence.
             * @memberof eyepiece.viewer
             * @interface IPresence
             * @augments eyepiece.viewer.Presence.$Properties
             * @deprecated Use eyepiece.viewer.Presence.$Properties instead.
             */

            /**
             * Shape of a Presence.
             * @typedef {eyepiece.viewer.Presence.$Properties} eyepiece.viewer.Presence.$Shape
             */

            /**
             * Constructs a new Presence.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Presence.
             * @constructor
             * @param {eyepiece.viewer.Presence.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Presence = function (properties) {
                this.world = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Presence world.
             * @member {Array.<number>} world
             * @memberof eyepiece.viewer.Presence
             * @instance
             */
            Presence.prototype.world = $util.emptyArray;

            /**
             * Encodes the specified Presence message. Does not implicitly {@link eyepiece.viewer.Presence.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Presence
             * @static
             * @param {eyepiece.viewer.Presence.$Properties} message Presence message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Presence.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.world != null && message.world.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).doubles(message.world);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Presence message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Presence
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Presence & eyepiece.viewer.Presence.$Shape} Presence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Presence.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Presence();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType === 2) {
                                if (!(message.world && message.world.length))
                                    message.world = [];
                                reader.doubles(message.world);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.world && message.world.length))
                                message.world = [];
                            message.world.push(reader.double());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Presence
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Presence
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Presence.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Presence";
            };

            return Presence;
        })();

        viewer.KeyPressed = (function() {

            /**
             * Properties of a KeyPressed.
             * @typedef {Object} eyepiece.viewer.KeyPressed.$Properties
             * @property {string|null} [key] KeyPressed key
             * @property {boolean|null} [released] KeyPressed released
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KeyPressed.
             * @memberof eyepiece.viewer
             * @interface IKeyPressed
             * @augments eyepiece.viewer.KeyPressed.$Properties
             * @deprecated Use eyepiece.viewer.KeyPressed.$Properties instead.
             */

            /**
             * Shape of a KeyPressed.
             * @typedef {eyepiece.viewer.KeyPressed.$Properties} eyepiece.viewer.KeyPressed.$Shape
             */

            /**
             * Constructs a new KeyPressed.
             * @memberof eyepiece.viewer
             * @classdesc Represents a KeyPressed.
             * @constructor
             * @param {eyepiece.viewer.KeyPressed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KeyPressed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KeyPressed key.
             * @member {string} key
             * @memberof eyepiece.viewer.KeyPressed
             * @instance
             */
            KeyPressed.prototype.key = "";

            /**
             * KeyPressed released.
             * @member {boolean} released
             * @memberof eyepiece.viewer.KeyPressed
             * @instance
             */
            KeyPressed.prototype.released = false;

            /**
             * Encodes the specified KeyPressed message. Does not implicitly {@link eyepiece.viewer.KeyPressed.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.KeyPressed
             * @static
             * @param {eyepiece.viewer.KeyPressed.$Properties} message KeyPressed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KeyPressed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.key);
                if (message.released != null && $Object.hasOwnProperty.call(message, "released") && message.released !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.released);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KeyPressed message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.KeyPressed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.KeyPressed & eyepiece.viewer.KeyPressed.$Shape} KeyPressed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KeyPressed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.KeyPressed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.key = value;
                            else
                                delete message.key;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.released = value;
                            else
                                delete message.released;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for KeyPressed
             * @function getTypeUrl
             * @memberof eyepiece.viewer.KeyPressed
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            KeyPressed.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.KeyPressed";
            };

            return KeyPressed;
        })();

        viewer.BoundKeys = (function() {

            /**
             * Properties of a BoundKeys.
             * @typedef {Object} eyepiece.viewer.BoundKeys.$Properties
             * @property {Array.<string>|null} [keys] BoundKeys keys
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BoundKeys.
             * @memberof eyepiece.viewer
             * @interface IBoundKeys
             * @augments eyepiece.viewer.BoundKeys.$Properties
             * @deprecated Use eyepiece.viewer.BoundKeys.$Properties instead.
             */

            /**
             * Shape of a BoundKeys.
             * @typedef {eyepiece.viewer.BoundKeys.$Properties} eyepiece.viewer.BoundKeys.$Shape
             */

            /**
             * Constructs a new BoundKeys.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BoundKeys.
             * @constructor
             * @param {eyepiece.viewer.BoundKeys.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BoundKeys = function (properties) {
                this.keys = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BoundKeys keys.
             * @member {Array.<string>} keys
             * @memberof eyepiece.viewer.BoundKeys
             * @instance
             */
            BoundKeys.prototype.keys = $util.emptyArray;

            /**
             * Encodes the specified BoundKeys message. Does not implicitly {@link eyepiece.viewer.BoundKeys.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BoundKeys
             * @static
             * @param {eyepiece.viewer.BoundKeys.$Properties} message BoundKeys message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BoundKeys.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.keys != null && message.keys.length)
                    for (let i = 0; i < message.keys.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.keys[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BoundKeys message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BoundKeys
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BoundKeys & eyepiece.viewer.BoundKeys.$Shape} BoundKeys
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BoundKeys.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BoundKeys();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.keys && message.keys.length))
                                message.keys = [];
                            message.keys.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BoundKeys
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BoundKeys
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BoundKeys.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BoundKeys";
            };

            return BoundKeys;
        })();

        viewer.ClockProbe = (function() {

            /**
             * Properties of a ClockProbe.
             * @typedef {Object} eyepiece.viewer.ClockProbe.$Properties
             * @property {number|null} [sentUs] ClockProbe sentUs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClockProbe.
             * @memberof eyepiece.viewer
             * @interface IClockProbe
             * @augments eyepiece.viewer.ClockProbe.$Properties
             * @deprecated Use eyepiece.viewer.ClockProbe.$Properties instead.
             */

            /**
             * Shape of a ClockProbe.
             * @typedef {eyepiece.viewer.ClockProbe.$Properties} eyepiece.viewer.ClockProbe.$Shape
             */

            /**
             * Constructs a new ClockProbe.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ClockProbe.
             * @constructor
             * @param {eyepiece.viewer.ClockProbe.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClockProbe = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ClockProbe sentUs.
             * @member {number} sentUs
             * @memberof eyepiece.viewer.ClockProbe
             * @instance
             */
            ClockProbe.prototype.sentUs = 0;

            /**
             * Encodes the specified ClockProbe message. Does not implicitly {@link eyepiece.viewer.ClockProbe.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ClockProbe
             * @static
             * @param {eyepiece.viewer.ClockProbe.$Properties} message ClockProbe message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClockProbe.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sentUs != null && $Object.hasOwnProperty.call(message, "sentUs") && !$Object.is(message.sentUs, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.sentUs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClockProbe message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ClockProbe
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ClockProbe & eyepiece.viewer.ClockProbe.$Shape} ClockProbe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClockProbe.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ClockProbe();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sentUs = value;
                            else
                                delete message.sentUs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ClockProbe
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ClockProbe
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ClockProbe.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ClockProbe";
            };

            return ClockProbe;
        })();

        viewer.ViewerEvent = (function() {

            /**
             * Properties of a ViewerEvent.
             * @typedef {Object} eyepiece.viewer.ViewerEvent.$Properties
             * @property {number|null} [replyTo] ViewerEvent replyTo
             * @property {eyepiece.viewer.Welcome.$Properties|null} [welcome] ViewerEvent welcome
             * @property {eyepiece.viewer.SceneChanged.$Properties|null} [scene] ViewerEvent scene
             * @property {eyepiece.viewer.ViewChanged.$Properties|null} [view] ViewerEvent view
             * @property {eyepiece.viewer.Failure.$Properties|null} [failure] ViewerEvent failure
             * @property {eyepiece.viewer.Done.$Properties|null} [done] ViewerEvent done
             * @property {eyepiece.viewer.ValueFound.$Properties|null} [value] ViewerEvent value
             * @property {eyepiece.viewer.HistogramFound.$Properties|null} [histogram] ViewerEvent histogram
             * @property {eyepiece.viewer.ScreenshotTaken.$Properties|null} [screenshot] ViewerEvent screenshot
             * @property {eyepiece.viewer.Progress.$Properties|null} [progress] ViewerEvent progress
             * @property {eyepiece.viewer.Notice.$Properties|null} [notice] ViewerEvent notice
             * @property {eyepiece.viewer.ClockAnswer.$Properties|null} [clock] ViewerEvent clock
             * @property {eyepiece.viewer.Loading.$Properties|null} [loading] ViewerEvent loading
             * @property {eyepiece.viewer.TableFound.$Properties|null} [table] ViewerEvent table
             * @property {eyepiece.viewer.RowsFound.$Properties|null} [rows] ViewerEvent rows
             * @property {eyepiece.viewer.ItemsFound.$Properties|null} [items] ViewerEvent items
             * @property {eyepiece.viewer.Others.$Properties|null} [others] ViewerEvent others
             * @property {eyepiece.viewer.BoundKeys.$Properties|null} [keys] ViewerEvent keys
             * @property {eyepiece.viewer.LayersSaved.$Properties|null} [saved] ViewerEvent saved
             * @property {eyepiece.viewer.SavedPiece.$Properties|null} [piece] ViewerEvent piece
             * @property {eyepiece.viewer.Held.$Properties|null} [held] ViewerEvent held
             * @property {"welcome"|"scene"|"view"|"failure"|"done"|"value"|"histogram"|"screenshot"|"progress"|"notice"|"clock"|"loading"|"table"|"rows"|"items"|"others"|"keys"|"saved"|"piece"|"held"} [what] ViewerEvent what
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ViewerEvent.
             * @memberof eyepiece.viewer
             * @interface IViewerEvent
             * @augments eyepiece.viewer.ViewerEvent.$Properties
             * @deprecated Use eyepiece.viewer.ViewerEvent.$Properties instead.
             */

            /**
             * Narrowed shape of a ViewerEvent.
             * @typedef {{
             *   replyTo?: number|null;
             *   welcome?: eyepiece.viewer.Welcome.$Shape|null;
             *   scene?: eyepiece.viewer.SceneChanged.$Shape|null;
             *   view?: eyepiece.viewer.ViewChanged.$Shape|null;
             *   failure?: eyepiece.viewer.Failure.$Shape|null;
             *   done?: eyepiece.viewer.Done.$Shape|null;
             *   value?: eyepiece.viewer.ValueFound.$Shape|null;
             *   histogram?: eyepiece.viewer.HistogramFound.$Shape|null;
             *   screenshot?: eyepiece.viewer.ScreenshotTaken.$Shape|null;
             *   progress?: eyepiece.viewer.Progress.$Shape|null;
             *   notice?: eyepiece.viewer.Notice.$Shape|null;
             *   clock?: eyepiece.viewer.ClockAnswer.$Shape|null;
             *   loading?: eyepiece.viewer.Loading.$Shape|null;
             *   table?: eyepiece.viewer.TableFound.$Shape|null;
             *   rows?: eyepiece.viewer.RowsFound.$Shape|null;
             *   items?: eyepiece.viewer.ItemsFound.$Shape|null;
             *   others?: eyepiece.viewer.Others.$Shape|null;
             *   keys?: eyepiece.viewer.BoundKeys.$Shape|null;
             *   saved?: eyepiece.viewer.LayersSaved.$Shape|null;
             *   piece?: eyepiece.viewer.SavedPiece.$Shape|null;
             *   held?: eyepiece.viewer.Held.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ what?: undefined; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "welcome"; welcome: eyepiece.viewer.Welcome.$Shape; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "scene"; welcome?: null; scene: eyepiece.viewer.SceneChanged.$Shape; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "view"; welcome?: null; scene?: null; view: eyepiece.viewer.ViewChanged.$Shape; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "failure"; welcome?: null; scene?: null; view?: null; failure: eyepiece.viewer.Failure.$Shape; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "done"; welcome?: null; scene?: null; view?: null; failure?: null; done: eyepiece.viewer.Done.$Shape; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "value"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value: eyepiece.viewer.ValueFound.$Shape; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "histogram"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram: eyepiece.viewer.HistogramFound.$Shape; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "screenshot"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot: eyepiece.viewer.ScreenshotTaken.$Shape; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "progress"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress: eyepiece.viewer.Progress.$Shape; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "notice"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice: eyepiece.viewer.Notice.$Shape; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "clock"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock: eyepiece.viewer.ClockAnswer.$Shape; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "loading"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading: eyepiece.viewer.Loading.$Shape; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "table"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table: eyepiece.viewer.TableFound.$Shape; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "rows"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows: eyepiece.viewer.RowsFound.$Shape; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "items"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items: eyepiece.viewer.ItemsFound.$Shape; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "others"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others: eyepiece.viewer.Others.$Shape; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "keys"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys: eyepiece.viewer.BoundKeys.$Shape; saved?: null; piece?: null; held?: null }|{ what?: "saved"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved: eyepiece.viewer.LayersSaved.$Shape; piece?: null; held?: null }|{ what?: "piece"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece: eyepiece.viewer.SavedPiece.$Shape; held?: null }|{ what?: "held"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held: eyepiece.viewer.Held.$Shape })
             * )} eyepiece.viewer.ViewerEvent.$Shape
             */

            /**
             * Constructs a new ViewerEvent.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ViewerEvent.
             * @constructor
             * @param {eyepiece.viewer.ViewerEvent.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ViewerEvent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ViewerEvent replyTo.
             * @member {number} replyTo
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.replyTo = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ViewerEvent welcome.
             * @member {eyepiece.viewer.Welcome.$Properties|null|undefined} welcome
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.welcome = null;

            /**
             * ViewerEvent scene.
             * @member {eyepiece.viewer.SceneChanged.$Properties|null|undefined} scene
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.scene = null;

            /**
             * ViewerEvent view.
             * @member {eyepiece.viewer.ViewChanged.$Properties|null|undefined} view
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.view = null;

            /**
             * ViewerEvent failure.
             * @member {eyepiece.viewer.Failure.$Properties|null|undefined} failure
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.failure = null;

            /**
             * ViewerEvent done.
             * @member {eyepiece.viewer.Done.$Properties|null|undefined} done
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.done = null;

            /**
             * ViewerEvent value.
             * @member {eyepiece.viewer.ValueFound.$Properties|null|undefined} value
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.value = null;

            /**
             * ViewerEvent histogram.
             * @member {eyepiece.viewer.HistogramFound.$Properties|null|undefined} histogram
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.histogram = null;

            /**
             * ViewerEvent screenshot.
             * @member {eyepiece.viewer.ScreenshotTaken.$Properties|null|undefined} screenshot
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.screenshot = null;

            /**
             * ViewerEvent progress.
             * @member {eyepiece.viewer.Progress.$Properties|null|undefined} progress
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.progress = null;

            /**
             * ViewerEvent notice.
             * @member {eyepiece.viewer.Notice.$Properties|null|undefined} notice
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.notice = null;

            /**
             * ViewerEvent clock.
             * @member {eyepiece.viewer.ClockAnswer.$Properties|null|undefined} clock
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.clock = null;

            /**
             * ViewerEvent loading.
             * @member {eyepiece.viewer.Loading.$Properties|null|undefined} loading
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.loading = null;

            /**
             * ViewerEvent table.
             * @member {eyepiece.viewer.TableFound.$Properties|null|undefined} table
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.table = null;

            /**
             * ViewerEvent rows.
             * @member {eyepiece.viewer.RowsFound.$Properties|null|undefined} rows
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.rows = null;

            /**
             * ViewerEvent items.
             * @member {eyepiece.viewer.ItemsFound.$Properties|null|undefined} items
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.items = null;

            /**
             * ViewerEvent others.
             * @member {eyepiece.viewer.Others.$Properties|null|undefined} others
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.others = null;

            /**
             * ViewerEvent keys.
             * @member {eyepiece.viewer.BoundKeys.$Properties|null|undefined} keys
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.keys = null;

            /**
             * ViewerEvent saved.
             * @member {eyepiece.viewer.LayersSaved.$Properties|null|undefined} saved
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.saved = null;

            /**
             * ViewerEvent piece.
             * @member {eyepiece.viewer.SavedPiece.$Properties|null|undefined} piece
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.piece = null;

            /**
             * ViewerEvent held.
             * @member {eyepiece.viewer.Held.$Properties|null|undefined} held
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            ViewerEvent.prototype.held = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * ViewerEvent what.
             * @member {"welcome"|"scene"|"view"|"failure"|"done"|"value"|"histogram"|"screenshot"|"progress"|"notice"|"clock"|"loading"|"table"|"rows"|"items"|"others"|"keys"|"saved"|"piece"|"held"|undefined} what
             * @memberof eyepiece.viewer.ViewerEvent
             * @instance
             */
            $Object.defineProperty(ViewerEvent.prototype, "what", {
                get: $util.oneOfGetter($oneOfFields = ["welcome", "scene", "view", "failure", "done", "value", "histogram", "screenshot", "progress", "notice", "clock", "loading", "table", "rows", "items", "others", "keys", "saved", "piece", "held"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified ViewerEvent message. Does not implicitly {@link eyepiece.viewer.ViewerEvent.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ViewerEvent
             * @static
             * @param {eyepiece.viewer.ViewerEvent.$Properties} message ViewerEvent message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ViewerEvent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.replyTo != null && $Object.hasOwnProperty.call(message, "replyTo") && (typeof message.replyTo === "object" ? message.replyTo.low || message.replyTo.high : message.replyTo !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.replyTo);
                if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome"))
                    $root.eyepiece.viewer.Welcome.encode(message.welcome, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.scene != null && $Object.hasOwnProperty.call(message, "scene"))
                    $root.eyepiece.viewer.SceneChanged.encode(message.scene, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.view != null && $Object.hasOwnProperty.call(message, "view"))
                    $root.eyepiece.viewer.ViewChanged.encode(message.view, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.eyepiece.viewer.Failure.encode(message.failure, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.done != null && $Object.hasOwnProperty.call(message, "done"))
                    $root.eyepiece.viewer.Done.encode(message.done, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                    $root.eyepiece.viewer.ValueFound.encode(message.value, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.histogram != null && $Object.hasOwnProperty.call(message, "histogram"))
                    $root.eyepiece.viewer.HistogramFound.encode(message.histogram, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.screenshot != null && $Object.hasOwnProperty.call(message, "screenshot"))
                    $root.eyepiece.viewer.ScreenshotTaken.encode(message.screenshot, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.progress != null && $Object.hasOwnProperty.call(message, "progress"))
                    $root.eyepiece.viewer.Progress.encode(message.progress, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.notice != null && $Object.hasOwnProperty.call(message, "notice"))
                    $root.eyepiece.viewer.Notice.encode(message.notice, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.clock != null && $Object.hasOwnProperty.call(message, "clock"))
                    $root.eyepiece.viewer.ClockAnswer.encode(message.clock, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.loading != null && $Object.hasOwnProperty.call(message, "loading"))
                    $root.eyepiece.viewer.Loading.encode(message.loading, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.table != null && $Object.hasOwnProperty.call(message, "table"))
                    $root.eyepiece.viewer.TableFound.encode(message.table, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.rows != null && $Object.hasOwnProperty.call(message, "rows"))
                    $root.eyepiece.viewer.RowsFound.encode(message.rows, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.items != null && $Object.hasOwnProperty.call(message, "items"))
                    $root.eyepiece.viewer.ItemsFound.encode(message.items, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.saved != null && $Object.hasOwnProperty.call(message, "saved"))
                    $root.eyepiece.viewer.LayersSaved.encode(message.saved, writer.uint32(/* id 40, wireType 2 =*/322).fork(), _depth + 1).ldelim();
                if (message.piece != null && $Object.hasOwnProperty.call(message, "piece"))
                    $root.eyepiece.viewer.SavedPiece.encode(message.piece, writer.uint32(/* id 41, wireType 2 =*/330).fork(), _depth + 1).ldelim();
                if (message.held != null && $Object.hasOwnProperty.call(message, "held"))
                    $root.eyepiece.viewer.Held.encode(message.held, writer.uint32(/* id 60, wireType 2 =*/482).fork(), _depth + 1).ldelim();
                if (message.others != null && $Object.hasOwnProperty.call(message, "others"))
                    $root.eyepiece.viewer.Others.encode(message.others, writer.uint32(/* id 70, wireType 2 =*/562).fork(), _depth + 1).ldelim();
                if (message.keys != null && $Object.hasOwnProperty.call(message, "keys"))
                    $root.eyepiece.viewer.BoundKeys.encode(message.keys, writer.uint32(/* id 73, wireType 2 =*/586).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ViewerEvent message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ViewerEvent
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ViewerEvent & eyepiece.viewer.ViewerEvent.$Shape} ViewerEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ViewerEvent.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ViewerEvent();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.replyTo = value;
                            else
                                delete message.replyTo;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.welcome = $root.eyepiece.viewer.Welcome.decode(reader, reader.size(), $undefined, _depth + 1, message.welcome);
                            message.what = "welcome";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.scene = $root.eyepiece.viewer.SceneChanged.decode(reader, reader.size(), $undefined, _depth + 1, message.scene);
                            message.what = "scene";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.view = $root.eyepiece.viewer.ViewChanged.decode(reader, reader.size(), $undefined, _depth + 1, message.view);
                            message.what = "view";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.eyepiece.viewer.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            message.what = "failure";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.done = $root.eyepiece.viewer.Done.decode(reader, reader.size(), $undefined, _depth + 1, message.done);
                            message.what = "done";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.value = $root.eyepiece.viewer.ValueFound.decode(reader, reader.size(), $undefined, _depth + 1, message.value);
                            message.what = "value";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.histogram = $root.eyepiece.viewer.HistogramFound.decode(reader, reader.size(), $undefined, _depth + 1, message.histogram);
                            message.what = "histogram";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.screenshot = $root.eyepiece.viewer.ScreenshotTaken.decode(reader, reader.size(), $undefined, _depth + 1, message.screenshot);
                            message.what = "screenshot";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.progress = $root.eyepiece.viewer.Progress.decode(reader, reader.size(), $undefined, _depth + 1, message.progress);
                            message.what = "progress";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.notice = $root.eyepiece.viewer.Notice.decode(reader, reader.size(), $undefined, _depth + 1, message.notice);
                            message.what = "notice";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.clock = $root.eyepiece.viewer.ClockAnswer.decode(reader, reader.size(), $undefined, _depth + 1, message.clock);
                            message.what = "clock";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.loading = $root.eyepiece.viewer.Loading.decode(reader, reader.size(), $undefined, _depth + 1, message.loading);
                            message.what = "loading";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.table = $root.eyepiece.viewer.TableFound.decode(reader, reader.size(), $undefined, _depth + 1, message.table);
                            message.what = "table";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.rows = $root.eyepiece.viewer.RowsFound.decode(reader, reader.size(), $undefined, _depth + 1, message.rows);
                            message.what = "rows";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.items = $root.eyepiece.viewer.ItemsFound.decode(reader, reader.size(), $undefined, _depth + 1, message.items);
                            message.what = "items";
                            continue;
                        }
                    case 70: {
                            if (wireType !== 2)
                                break;
                            message.others = $root.eyepiece.viewer.Others.decode(reader, reader.size(), $undefined, _depth + 1, message.others);
                            message.what = "others";
                            continue;
                        }
                    case 73: {
                            if (wireType !== 2)
                                break;
                            message.keys = $root.eyepiece.viewer.BoundKeys.decode(reader, reader.size(), $undefined, _depth + 1, message.keys);
                            message.what = "keys";
                            continue;
                        }
                    case 40: {
                            if (wireType !== 2)
                                break;
                            message.saved = $root.eyepiece.viewer.LayersSaved.decode(reader, reader.size(), $undefined, _depth + 1, message.saved);
                            message.what = "saved";
                            continue;
                        }
                    case 41: {
                            if (wireType !== 2)
                                break;
                            message.piece = $root.eyepiece.viewer.SavedPiece.decode(reader, reader.size(), $undefined, _depth + 1, message.piece);
                            message.what = "piece";
                            continue;
                        }
                    case 60: {
                            if (wireType !== 2)
                                break;
                            message.held = $root.eyepiece.viewer.Held.decode(reader, reader.size(), $undefined, _depth + 1, message.held);
                            message.what = "held";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ViewerEvent
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ViewerEvent
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ViewerEvent.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ViewerEvent";
            };

            return ViewerEvent;
        })();

        viewer.Welcome = (function() {

            /**
             * Properties of a Welcome.
             * @typedef {Object} eyepiece.viewer.Welcome.$Properties
             * @property {string|null} [session] Welcome session
             * @property {string|null} [sceneJson] Welcome sceneJson
             * @property {string|null} [viewJson] Welcome viewJson
             * @property {string|null} [adapter] Welcome adapter
             * @property {string|null} [adapterKind] Welcome adapterKind
             * @property {string|null} [encoder] Welcome encoder
             * @property {Array.<string>|null} [rights] Welcome rights
             * @property {boolean|null} [canUndo] Welcome canUndo
             * @property {boolean|null} [canRedo] Welcome canRedo
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Welcome.
             * @memberof eyepiece.viewer
             * @interface IWelcome
             * @augments eyepiece.viewer.Welcome.$Properties
             * @deprecated Use eyepiece.viewer.Welcome.$Properties instead.
             */

            /**
             * Shape of a Welcome.
             * @typedef {eyepiece.viewer.Welcome.$Properties} eyepiece.viewer.Welcome.$Shape
             */

            /**
             * Constructs a new Welcome.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Welcome.
             * @constructor
             * @param {eyepiece.viewer.Welcome.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Welcome = function (properties) {
                this.rights = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Welcome session.
             * @member {string} session
             * @memberof eyepiece.viewer.Welcome
             * @instance
             */
            Welcome.prototype.session = "";

            /**
             * Welcome sceneJson.
             * @member {string} sceneJson
             * @memberof eyepiece.viewer.Welcome
             * @instance
             */
            Welcome.prototype.sceneJson = "";

            /**
             * Welcome viewJson.
             * @member {string} viewJson
             * @memberof eyepiece.viewer.Welcome
             * @instance
             */
            Welcome.prototype.viewJson = "";

            /**
             * Welcome adapter.
             * @member {string} adapter
             * @memberof eyepiece.viewer.Welcome
             * @instance
             */
            Welcome.prototype.adapter = "";

            /**
             * Welcome adapterKind.
             * @member {string} adapterKind
             * @memberof eyepiece.viewer.Welcome
             * @instance
             */
            Welcome.prototype.adapterKind = "";

            /**
             * Welcome encoder.
             * @member {string} encoder
             * @memberof eyepiece.viewer.Welcome
             * @instance
             */
            Welcome.prototype.encoder = "";

            /**
             * Welcome rights.
             * @member {Array.<string>} rights
             * @memberof eyepiece.viewer.Welcome
             * @instance
             */
            Welcome.prototype.rights = $util.emptyArray;

            /**
             * Welcome canUndo.
             * @member {boolean} canUndo
             * @memberof eyepiece.viewer.Welcome
             * @instance
             */
            Welcome.prototype.canUndo = false;

            /**
             * Welcome canRedo.
             * @member {boolean} canRedo
             * @memberof eyepiece.viewer.Welcome
             * @instance
             */
            Welcome.prototype.canRedo = false;

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link eyepiece.viewer.Welcome.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Welcome
             * @static
             * @param {eyepiece.viewer.Welcome.$Properties} message Welcome message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Welcome.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.session != null && $Object.hasOwnProperty.call(message, "session") && message.session !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.session);
                if (message.sceneJson != null && $Object.hasOwnProperty.call(message, "sceneJson") && message.sceneJson !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.sceneJson);
                if (message.viewJson != null && $Object.hasOwnProperty.call(message, "viewJson") && message.viewJson !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.viewJson);
                if (message.adapter != null && $Object.hasOwnProperty.call(message, "adapter") && message.adapter !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.adapter);
                if (message.adapterKind != null && $Object.hasOwnProperty.call(message, "adapterKind") && message.adapterKind !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.adapterKind);
                if (message.encoder != null && $Object.hasOwnProperty.call(message, "encoder") && message.encoder !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.encoder);
                if (message.rights != null && message.rights.length)
                    for (let i = 0; i < message.rights.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.rights[i]);
                if (message.canUndo != null && $Object.hasOwnProperty.call(message, "canUndo") && message.canUndo !== false)
                    writer.uint32(/* id 8, wireType 0 =*/64).bool(message.canUndo);
                if (message.canRedo != null && $Object.hasOwnProperty.call(message, "canRedo") && message.canRedo !== false)
                    writer.uint32(/* id 9, wireType 0 =*/72).bool(message.canRedo);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Welcome
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Welcome & eyepiece.viewer.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Welcome.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Welcome();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.session = value;
                            else
                                delete message.session;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sceneJson = value;
                            else
                                delete message.sceneJson;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.viewJson = value;
                            else
                                delete message.viewJson;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.adapter = value;
                            else
                                delete message.adapter;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.adapterKind = value;
                            else
                                delete message.adapterKind;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.encoder = value;
                            else
                                delete message.encoder;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.rights && message.rights.length))
                                message.rights = [];
                            message.rights.push(reader.stringVerify());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.canUndo = value;
                            else
                                delete message.canUndo;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.canRedo = value;
                            else
                                delete message.canRedo;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Welcome
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Welcome
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Welcome.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Welcome";
            };

            return Welcome;
        })();

        viewer.SceneChanged = (function() {

            /**
             * Properties of a SceneChanged.
             * @typedef {Object} eyepiece.viewer.SceneChanged.$Properties
             * @property {number|null} [revision] SceneChanged revision
             * @property {string|null} [opsJson] SceneChanged opsJson
             * @property {string|null} [sceneJson] SceneChanged sceneJson
             * @property {boolean|null} [canUndo] SceneChanged canUndo
             * @property {boolean|null} [canRedo] SceneChanged canRedo
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SceneChanged.
             * @memberof eyepiece.viewer
             * @interface ISceneChanged
             * @augments eyepiece.viewer.SceneChanged.$Properties
             * @deprecated Use eyepiece.viewer.SceneChanged.$Properties instead.
             */

            /**
             * Shape of a SceneChanged.
             * @typedef {eyepiece.viewer.SceneChanged.$Properties} eyepiece.viewer.SceneChanged.$Shape
             */

            /**
             * Constructs a new SceneChanged.
             * @memberof eyepiece.viewer
             * @classdesc Represents a SceneChanged.
             * @constructor
             * @param {eyepiece.viewer.SceneChanged.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SceneChanged = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SceneChanged revision.
             * @member {number} revision
             * @memberof eyepiece.viewer.SceneChanged
             * @instance
             */
            SceneChanged.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * SceneChanged opsJson.
             * @member {string} opsJson
             * @memberof eyepiece.viewer.SceneChanged
             * @instance
             */
            SceneChanged.prototype.opsJson = "";

            /**
             * SceneChanged sceneJson.
             * @member {string} sceneJson
             * @memberof eyepiece.viewer.SceneChanged
             * @instance
             */
            SceneChanged.prototype.sceneJson = "";

            /**
             * SceneChanged canUndo.
             * @member {boolean} canUndo
             * @memberof eyepiece.viewer.SceneChanged
             * @instance
             */
            SceneChanged.prototype.canUndo = false;

            /**
             * SceneChanged canRedo.
             * @member {boolean} canRedo
             * @memberof eyepiece.viewer.SceneChanged
             * @instance
             */
            SceneChanged.prototype.canRedo = false;

            /**
             * Encodes the specified SceneChanged message. Does not implicitly {@link eyepiece.viewer.SceneChanged.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.SceneChanged
             * @static
             * @param {eyepiece.viewer.SceneChanged.$Properties} message SceneChanged message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SceneChanged.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.revision);
                if (message.opsJson != null && $Object.hasOwnProperty.call(message, "opsJson") && message.opsJson !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.opsJson);
                if (message.sceneJson != null && $Object.hasOwnProperty.call(message, "sceneJson") && message.sceneJson !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.sceneJson);
                if (message.canUndo != null && $Object.hasOwnProperty.call(message, "canUndo") && message.canUndo !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.canUndo);
                if (message.canRedo != null && $Object.hasOwnProperty.call(message, "canRedo") && message.canRedo !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.canRedo);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SceneChanged message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.SceneChanged
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.SceneChanged & eyepiece.viewer.SceneChanged.$Shape} SceneChanged
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SceneChanged.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.SceneChanged();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.opsJson = value;
                            else
                                delete message.opsJson;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.sceneJson = value;
                            else
                                delete message.sceneJson;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.canUndo = value;
                            else
                                delete message.canUndo;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.canRedo = value;
                            else
                                delete message.canRedo;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for SceneChanged
             * @function getTypeUrl
             * @memberof eyepiece.viewer.SceneChanged
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SceneChanged.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.SceneChanged";
            };

            return SceneChanged;
        })();

        viewer.ViewChanged = (function() {

            /**
             * Properties of a ViewChanged.
             * @typedef {Object} eyepiece.viewer.ViewChanged.$Properties
             * @property {string|null} [viewJson] ViewChanged viewJson
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ViewChanged.
             * @memberof eyepiece.viewer
             * @interface IViewChanged
             * @augments eyepiece.viewer.ViewChanged.$Properties
             * @deprecated Use eyepiece.viewer.ViewChanged.$Properties instead.
             */

            /**
             * Shape of a ViewChanged.
             * @typedef {eyepiece.viewer.ViewChanged.$Properties} eyepiece.viewer.ViewChanged.$Shape
             */

            /**
             * Constructs a new ViewChanged.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ViewChanged.
             * @constructor
             * @param {eyepiece.viewer.ViewChanged.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ViewChanged = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ViewChanged viewJson.
             * @member {string} viewJson
             * @memberof eyepiece.viewer.ViewChanged
             * @instance
             */
            ViewChanged.prototype.viewJson = "";

            /**
             * Encodes the specified ViewChanged message. Does not implicitly {@link eyepiece.viewer.ViewChanged.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ViewChanged
             * @static
             * @param {eyepiece.viewer.ViewChanged.$Properties} message ViewChanged message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ViewChanged.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.viewJson != null && $Object.hasOwnProperty.call(message, "viewJson") && message.viewJson !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.viewJson);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ViewChanged message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ViewChanged
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ViewChanged & eyepiece.viewer.ViewChanged.$Shape} ViewChanged
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ViewChanged.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ViewChanged();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.viewJson = value;
                            else
                                delete message.viewJson;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ViewChanged
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ViewChanged
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ViewChanged.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ViewChanged";
            };

            return ViewChanged;
        })();

        viewer.Failure = (function() {

            /**
             * Properties of a Failure.
             * @typedef {Object} eyepiece.viewer.Failure.$Properties
             * @property {string|null} [code] Failure code
             * @property {string|null} [message] Failure message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Failure.
             * @memberof eyepiece.viewer
             * @interface IFailure
             * @augments eyepiece.viewer.Failure.$Properties
             * @deprecated Use eyepiece.viewer.Failure.$Properties instead.
             */

            /**
             * Shape of a Failure.
             * @typedef {eyepiece.viewer.Failure.$Properties} eyepiece.viewer.Failure.$Shape
             */

            /**
             * Constructs a new Failure.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Failure.
             * @constructor
             * @param {eyepiece.viewer.Failure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Failure = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Failure code.
             * @member {string} code
             * @memberof eyepiece.viewer.Failure
             * @instance
             */
            Failure.prototype.code = "";

            /**
             * Failure message.
             * @member {string} message
             * @memberof eyepiece.viewer.Failure
             * @instance
             */
            Failure.prototype.message = "";

            /**
             * Encodes the specified Failure message. Does not implicitly {@link eyepiece.viewer.Failure.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Failure
             * @static
             * @param {eyepiece.viewer.Failure.$Properties} message Failure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Failure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Failure message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Failure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Failure & eyepiece.viewer.Failure.$Shape} Failure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Failure.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Failure();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Failure
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Failure
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Failure.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Failure";
            };

            return Failure;
        })();

        viewer.Done = (function() {

            /**
             * Properties of a Done.
             * @typedef {Object} eyepiece.viewer.Done.$Properties
             * @property {Array.<string>|null} [layers] Done layers
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Done.
             * @memberof eyepiece.viewer
             * @interface IDone
             * @augments eyepiece.viewer.Done.$Properties
             * @deprecated Use eyepiece.viewer.Done.$Properties instead.
             */

            /**
             * Shape of a Done.
             * @typedef {eyepiece.viewer.Done.$Properties} eyepiece.viewer.Done.$Shape
             */

            /**
             * Constructs a new Done.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Done.
             * @constructor
             * @param {eyepiece.viewer.Done.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Done = function (properties) {
                this.layers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Done layers.
             * @member {Array.<string>} layers
             * @memberof eyepiece.viewer.Done
             * @instance
             */
            Done.prototype.layers = $util.emptyArray;

            /**
             * Encodes the specified Done message. Does not implicitly {@link eyepiece.viewer.Done.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Done
             * @static
             * @param {eyepiece.viewer.Done.$Properties} message Done message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Done.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layers != null && message.layers.length)
                    for (let i = 0; i < message.layers.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.layers[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Done message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Done
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Done & eyepiece.viewer.Done.$Shape} Done
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Done.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Done();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.layers && message.layers.length))
                                message.layers = [];
                            message.layers.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Done
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Done
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Done.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Done";
            };

            return Done;
        })();

        viewer.ValueFound = (function() {

            /**
             * Properties of a ValueFound.
             * @typedef {Object} eyepiece.viewer.ValueFound.$Properties
             * @property {Array.<number>|null} [coordinates] ValueFound coordinates
             * @property {Array.<number>|null} [world] ValueFound world
             * @property {string|null} [value] ValueFound value
             * @property {string|null} [layer] ValueFound layer
             * @property {string|null} [features] ValueFound features
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ValueFound.
             * @memberof eyepiece.viewer
             * @interface IValueFound
             * @augments eyepiece.viewer.ValueFound.$Properties
             * @deprecated Use eyepiece.viewer.ValueFound.$Properties instead.
             */

            /**
             * Shape of a ValueFound.
             * @typedef {eyepiece.viewer.ValueFound.$Properties} eyepiece.viewer.ValueFound.$Shape
             */

            /**
             * Constructs a new ValueFound.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ValueFound.
             * @constructor
             * @param {eyepiece.viewer.ValueFound.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ValueFound = function (properties) {
                this.coordinates = [];
                this.world = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ValueFound coordinates.
             * @member {Array.<number>} coordinates
             * @memberof eyepiece.viewer.ValueFound
             * @instance
             */
            ValueFound.prototype.coordinates = $util.emptyArray;

            /**
             * ValueFound world.
             * @member {Array.<number>} world
             * @memberof eyepiece.viewer.ValueFound
             * @instance
             */
            ValueFound.prototype.world = $util.emptyArray;

            /**
             * ValueFound value.
             * @member {string} value
             * @memberof eyepiece.viewer.ValueFound
             * @instance
             */
            ValueFound.prototype.value = "";

            /**
             * ValueFound layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.ValueFound
             * @instance
             */
            ValueFound.prototype.layer = "";

            /**
             * ValueFound features.
             * @member {string} features
             * @memberof eyepiece.viewer.ValueFound
             * @instance
             */
            ValueFound.prototype.features = "";

            /**
             * Encodes the specified ValueFound message. Does not implicitly {@link eyepiece.viewer.ValueFound.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ValueFound
             * @static
             * @param {eyepiece.viewer.ValueFound.$Properties} message ValueFound message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ValueFound.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.coordinates != null && message.coordinates.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).doubles(message.coordinates);
                if (message.world != null && message.world.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).doubles(message.world);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && message.value !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.value);
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.layer);
                if (message.features != null && $Object.hasOwnProperty.call(message, "features") && message.features !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.features);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ValueFound message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ValueFound
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ValueFound & eyepiece.viewer.ValueFound.$Shape} ValueFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ValueFound.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ValueFound();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType === 2) {
                                if (!(message.coordinates && message.coordinates.length))
                                    message.coordinates = [];
                                reader.doubles(message.coordinates);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.coordinates && message.coordinates.length))
                                message.coordinates = [];
                            message.coordinates.push(reader.double());
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.world && message.world.length))
                                    message.world = [];
                                reader.doubles(message.world);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.world && message.world.length))
                                message.world = [];
                            message.world.push(reader.double());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.features = value;
                            else
                                delete message.features;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ValueFound
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ValueFound
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ValueFound.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ValueFound";
            };

            return ValueFound;
        })();

        viewer.TableFound = (function() {

            /**
             * Properties of a TableFound.
             * @typedef {Object} eyepiece.viewer.TableFound.$Properties
             * @property {string|null} [layer] TableFound layer
             * @property {number|null} [version] TableFound version
             * @property {number|null} [count] TableFound count
             * @property {Uint8Array|null} [table] TableFound table
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TableFound.
             * @memberof eyepiece.viewer
             * @interface ITableFound
             * @augments eyepiece.viewer.TableFound.$Properties
             * @deprecated Use eyepiece.viewer.TableFound.$Properties instead.
             */

            /**
             * Shape of a TableFound.
             * @typedef {eyepiece.viewer.TableFound.$Properties} eyepiece.viewer.TableFound.$Shape
             */

            /**
             * Constructs a new TableFound.
             * @memberof eyepiece.viewer
             * @classdesc Represents a TableFound.
             * @constructor
             * @param {eyepiece.viewer.TableFound.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TableFound = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TableFound layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.TableFound
             * @instance
             */
            TableFound.prototype.layer = "";

            /**
             * TableFound version.
             * @member {number} version
             * @memberof eyepiece.viewer.TableFound
             * @instance
             */
            TableFound.prototype.version = 0;

            /**
             * TableFound count.
             * @member {number} count
             * @memberof eyepiece.viewer.TableFound
             * @instance
             */
            TableFound.prototype.count = 0;

            /**
             * TableFound table.
             * @member {Uint8Array} table
             * @memberof eyepiece.viewer.TableFound
             * @instance
             */
            TableFound.prototype.table = $util.newBuffer([]);

            /**
             * Encodes the specified TableFound message. Does not implicitly {@link eyepiece.viewer.TableFound.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.TableFound
             * @static
             * @param {eyepiece.viewer.TableFound.$Properties} message TableFound message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TableFound.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.version);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && message.count !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.count);
                if (message.table != null && $Object.hasOwnProperty.call(message, "table") && message.table.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.table);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TableFound message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.TableFound
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.TableFound & eyepiece.viewer.TableFound.$Shape} TableFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TableFound.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.TableFound();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.table = value;
                            else
                                delete message.table;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for TableFound
             * @function getTypeUrl
             * @memberof eyepiece.viewer.TableFound
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            TableFound.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.TableFound";
            };

            return TableFound;
        })();

        viewer.RowsFound = (function() {

            /**
             * Properties of a RowsFound.
             * @typedef {Object} eyepiece.viewer.RowsFound.$Properties
             * @property {string|null} [layer] RowsFound layer
             * @property {number|null} [version] RowsFound version
             * @property {number|null} [total] RowsFound total
             * @property {Array.<number>|null} [indices] RowsFound indices
             * @property {string|null} [json] RowsFound json
             * @property {number|null} [found] RowsFound found
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a RowsFound.
             * @memberof eyepiece.viewer
             * @interface IRowsFound
             * @augments eyepiece.viewer.RowsFound.$Properties
             * @deprecated Use eyepiece.viewer.RowsFound.$Properties instead.
             */

            /**
             * Shape of a RowsFound.
             * @typedef {eyepiece.viewer.RowsFound.$Properties} eyepiece.viewer.RowsFound.$Shape
             */

            /**
             * Constructs a new RowsFound.
             * @memberof eyepiece.viewer
             * @classdesc Represents a RowsFound.
             * @constructor
             * @param {eyepiece.viewer.RowsFound.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const RowsFound = function (properties) {
                this.indices = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * RowsFound layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.RowsFound
             * @instance
             */
            RowsFound.prototype.layer = "";

            /**
             * RowsFound version.
             * @member {number} version
             * @memberof eyepiece.viewer.RowsFound
             * @instance
             */
            RowsFound.prototype.version = 0;

            /**
             * RowsFound total.
             * @member {number} total
             * @memberof eyepiece.viewer.RowsFound
             * @instance
             */
            RowsFound.prototype.total = 0;

            /**
             * RowsFound indices.
             * @member {Array.<number>} indices
             * @memberof eyepiece.viewer.RowsFound
             * @instance
             */
            RowsFound.prototype.indices = $util.emptyArray;

            /**
             * RowsFound json.
             * @member {string} json
             * @memberof eyepiece.viewer.RowsFound
             * @instance
             */
            RowsFound.prototype.json = "";

            /**
             * RowsFound found.
             * @member {number} found
             * @memberof eyepiece.viewer.RowsFound
             * @instance
             */
            RowsFound.prototype.found = 0;

            /**
             * Encodes the specified RowsFound message. Does not implicitly {@link eyepiece.viewer.RowsFound.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.RowsFound
             * @static
             * @param {eyepiece.viewer.RowsFound.$Properties} message RowsFound message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            RowsFound.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.version);
                if (message.total != null && $Object.hasOwnProperty.call(message, "total") && message.total !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.total);
                if (message.indices != null && message.indices.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).uint32s(message.indices);
                if (message.json != null && $Object.hasOwnProperty.call(message, "json") && message.json !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.json);
                if (message.found != null && $Object.hasOwnProperty.call(message, "found") && message.found !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).sint32(message.found);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a RowsFound message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.RowsFound
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.RowsFound & eyepiece.viewer.RowsFound.$Shape} RowsFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            RowsFound.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.RowsFound();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.total = value;
                            else
                                delete message.total;
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.indices && message.indices.length))
                                    message.indices = [];
                                reader.uint32s(message.indices);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.indices && message.indices.length))
                                message.indices = [];
                            message.indices.push(reader.uint32());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.json = value;
                            else
                                delete message.json;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.sint32())
                                message.found = value;
                            else
                                delete message.found;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for RowsFound
             * @function getTypeUrl
             * @memberof eyepiece.viewer.RowsFound
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            RowsFound.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.RowsFound";
            };

            return RowsFound;
        })();

        viewer.ItemsFound = (function() {

            /**
             * Properties of an ItemsFound.
             * @typedef {Object} eyepiece.viewer.ItemsFound.$Properties
             * @property {string|null} [layer] ItemsFound layer
             * @property {Array.<number>|null} [indices] ItemsFound indices
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ItemsFound.
             * @memberof eyepiece.viewer
             * @interface IItemsFound
             * @augments eyepiece.viewer.ItemsFound.$Properties
             * @deprecated Use eyepiece.viewer.ItemsFound.$Properties instead.
             */

            /**
             * Shape of an ItemsFound.
             * @typedef {eyepiece.viewer.ItemsFound.$Properties} eyepiece.viewer.ItemsFound.$Shape
             */

            /**
             * Constructs a new ItemsFound.
             * @memberof eyepiece.viewer
             * @classdesc Represents an ItemsFound.
             * @constructor
             * @param {eyepiece.viewer.ItemsFound.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ItemsFound = function (properties) {
                this.indices = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ItemsFound layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.ItemsFound
             * @instance
             */
            ItemsFound.prototype.layer = "";

            /**
             * ItemsFound indices.
             * @member {Array.<number>} indices
             * @memberof eyepiece.viewer.ItemsFound
             * @instance
             */
            ItemsFound.prototype.indices = $util.emptyArray;

            /**
             * Encodes the specified ItemsFound message. Does not implicitly {@link eyepiece.viewer.ItemsFound.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ItemsFound
             * @static
             * @param {eyepiece.viewer.ItemsFound.$Properties} message ItemsFound message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ItemsFound.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.layer);
                if (message.indices != null && message.indices.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.indices);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ItemsFound message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ItemsFound
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ItemsFound & eyepiece.viewer.ItemsFound.$Shape} ItemsFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ItemsFound.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ItemsFound();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.indices && message.indices.length))
                                    message.indices = [];
                                reader.uint32s(message.indices);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.indices && message.indices.length))
                                message.indices = [];
                            message.indices.push(reader.uint32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ItemsFound
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ItemsFound
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ItemsFound.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ItemsFound";
            };

            return ItemsFound;
        })();

        viewer.HistogramFound = (function() {

            /**
             * Properties of a HistogramFound.
             * @typedef {Object} eyepiece.viewer.HistogramFound.$Properties
             * @property {Array.<number>|null} [counts] HistogramFound counts
             * @property {number|null} [min] HistogramFound min
             * @property {number|null} [max] HistogramFound max
             * @property {string|null} [layer] HistogramFound layer
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HistogramFound.
             * @memberof eyepiece.viewer
             * @interface IHistogramFound
             * @augments eyepiece.viewer.HistogramFound.$Properties
             * @deprecated Use eyepiece.viewer.HistogramFound.$Properties instead.
             */

            /**
             * Shape of a HistogramFound.
             * @typedef {eyepiece.viewer.HistogramFound.$Properties} eyepiece.viewer.HistogramFound.$Shape
             */

            /**
             * Constructs a new HistogramFound.
             * @memberof eyepiece.viewer
             * @classdesc Represents a HistogramFound.
             * @constructor
             * @param {eyepiece.viewer.HistogramFound.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HistogramFound = function (properties) {
                this.counts = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HistogramFound counts.
             * @member {Array.<number>} counts
             * @memberof eyepiece.viewer.HistogramFound
             * @instance
             */
            HistogramFound.prototype.counts = $util.emptyArray;

            /**
             * HistogramFound min.
             * @member {number} min
             * @memberof eyepiece.viewer.HistogramFound
             * @instance
             */
            HistogramFound.prototype.min = 0;

            /**
             * HistogramFound max.
             * @member {number} max
             * @memberof eyepiece.viewer.HistogramFound
             * @instance
             */
            HistogramFound.prototype.max = 0;

            /**
             * HistogramFound layer.
             * @member {string} layer
             * @memberof eyepiece.viewer.HistogramFound
             * @instance
             */
            HistogramFound.prototype.layer = "";

            /**
             * Encodes the specified HistogramFound message. Does not implicitly {@link eyepiece.viewer.HistogramFound.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.HistogramFound
             * @static
             * @param {eyepiece.viewer.HistogramFound.$Properties} message HistogramFound message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HistogramFound.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.counts != null && message.counts.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).doubles(message.counts);
                if (message.min != null && $Object.hasOwnProperty.call(message, "min") && !$Object.is(message.min, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.min);
                if (message.max != null && $Object.hasOwnProperty.call(message, "max") && !$Object.is(message.max, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.max);
                if (message.layer != null && $Object.hasOwnProperty.call(message, "layer") && message.layer !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.layer);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HistogramFound message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.HistogramFound
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.HistogramFound & eyepiece.viewer.HistogramFound.$Shape} HistogramFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HistogramFound.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.HistogramFound();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType === 2) {
                                if (!(message.counts && message.counts.length))
                                    message.counts = [];
                                reader.doubles(message.counts);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.counts && message.counts.length))
                                message.counts = [];
                            message.counts.push(reader.double());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.min = value;
                            else
                                delete message.min;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.max = value;
                            else
                                delete message.max;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.layer = value;
                            else
                                delete message.layer;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for HistogramFound
             * @function getTypeUrl
             * @memberof eyepiece.viewer.HistogramFound
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            HistogramFound.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.HistogramFound";
            };

            return HistogramFound;
        })();

        viewer.ScreenshotTaken = (function() {

            /**
             * Properties of a ScreenshotTaken.
             * @typedef {Object} eyepiece.viewer.ScreenshotTaken.$Properties
             * @property {Uint8Array|null} [png] ScreenshotTaken png
             * @property {number|null} [width] ScreenshotTaken width
             * @property {number|null} [height] ScreenshotTaken height
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ScreenshotTaken.
             * @memberof eyepiece.viewer
             * @interface IScreenshotTaken
             * @augments eyepiece.viewer.ScreenshotTaken.$Properties
             * @deprecated Use eyepiece.viewer.ScreenshotTaken.$Properties instead.
             */

            /**
             * Shape of a ScreenshotTaken.
             * @typedef {eyepiece.viewer.ScreenshotTaken.$Properties} eyepiece.viewer.ScreenshotTaken.$Shape
             */

            /**
             * Constructs a new ScreenshotTaken.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ScreenshotTaken.
             * @constructor
             * @param {eyepiece.viewer.ScreenshotTaken.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ScreenshotTaken = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ScreenshotTaken png.
             * @member {Uint8Array} png
             * @memberof eyepiece.viewer.ScreenshotTaken
             * @instance
             */
            ScreenshotTaken.prototype.png = $util.newBuffer([]);

            /**
             * ScreenshotTaken width.
             * @member {number} width
             * @memberof eyepiece.viewer.ScreenshotTaken
             * @instance
             */
            ScreenshotTaken.prototype.width = 0;

            /**
             * ScreenshotTaken height.
             * @member {number} height
             * @memberof eyepiece.viewer.ScreenshotTaken
             * @instance
             */
            ScreenshotTaken.prototype.height = 0;

            /**
             * Encodes the specified ScreenshotTaken message. Does not implicitly {@link eyepiece.viewer.ScreenshotTaken.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ScreenshotTaken
             * @static
             * @param {eyepiece.viewer.ScreenshotTaken.$Properties} message ScreenshotTaken message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ScreenshotTaken.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.png != null && $Object.hasOwnProperty.call(message, "png") && message.png.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.png);
                if (message.width != null && $Object.hasOwnProperty.call(message, "width") && message.width !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.width);
                if (message.height != null && $Object.hasOwnProperty.call(message, "height") && message.height !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.height);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ScreenshotTaken message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ScreenshotTaken
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ScreenshotTaken & eyepiece.viewer.ScreenshotTaken.$Shape} ScreenshotTaken
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ScreenshotTaken.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ScreenshotTaken();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.png = value;
                            else
                                delete message.png;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.width = value;
                            else
                                delete message.width;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.height = value;
                            else
                                delete message.height;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ScreenshotTaken
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ScreenshotTaken
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ScreenshotTaken.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ScreenshotTaken";
            };

            return ScreenshotTaken;
        })();

        viewer.Progress = (function() {

            /**
             * Properties of a Progress.
             * @typedef {Object} eyepiece.viewer.Progress.$Properties
             * @property {string|null} [task] Progress task
             * @property {string|null} [text] Progress text
             * @property {number|null} [fraction] Progress fraction
             * @property {boolean|null} [ended] Progress ended
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Progress.
             * @memberof eyepiece.viewer
             * @interface IProgress
             * @augments eyepiece.viewer.Progress.$Properties
             * @deprecated Use eyepiece.viewer.Progress.$Properties instead.
             */

            /**
             * Shape of a Progress.
             * @typedef {eyepiece.viewer.Progress.$Properties} eyepiece.viewer.Progress.$Shape
             */

            /**
             * Constructs a new Progress.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Progress.
             * @constructor
             * @param {eyepiece.viewer.Progress.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Progress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Progress task.
             * @member {string} task
             * @memberof eyepiece.viewer.Progress
             * @instance
             */
            Progress.prototype.task = "";

            /**
             * Progress text.
             * @member {string} text
             * @memberof eyepiece.viewer.Progress
             * @instance
             */
            Progress.prototype.text = "";

            /**
             * Progress fraction.
             * @member {number} fraction
             * @memberof eyepiece.viewer.Progress
             * @instance
             */
            Progress.prototype.fraction = 0;

            /**
             * Progress ended.
             * @member {boolean} ended
             * @memberof eyepiece.viewer.Progress
             * @instance
             */
            Progress.prototype.ended = false;

            /**
             * Encodes the specified Progress message. Does not implicitly {@link eyepiece.viewer.Progress.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Progress
             * @static
             * @param {eyepiece.viewer.Progress.$Properties} message Progress message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Progress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.task != null && $Object.hasOwnProperty.call(message, "task") && message.task !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.task);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
                if (message.fraction != null && $Object.hasOwnProperty.call(message, "fraction") && !$Object.is(message.fraction, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.fraction);
                if (message.ended != null && $Object.hasOwnProperty.call(message, "ended") && message.ended !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.ended);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Progress message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Progress
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Progress & eyepiece.viewer.Progress.$Shape} Progress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Progress.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Progress();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.task = value;
                            else
                                delete message.task;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.fraction = value;
                            else
                                delete message.fraction;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.ended = value;
                            else
                                delete message.ended;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Progress
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Progress
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Progress.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Progress";
            };

            return Progress;
        })();

        viewer.Notice = (function() {

            /**
             * Properties of a Notice.
             * @typedef {Object} eyepiece.viewer.Notice.$Properties
             * @property {string|null} [level] Notice level
             * @property {string|null} [text] Notice text
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Notice.
             * @memberof eyepiece.viewer
             * @interface INotice
             * @augments eyepiece.viewer.Notice.$Properties
             * @deprecated Use eyepiece.viewer.Notice.$Properties instead.
             */

            /**
             * Shape of a Notice.
             * @typedef {eyepiece.viewer.Notice.$Properties} eyepiece.viewer.Notice.$Shape
             */

            /**
             * Constructs a new Notice.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Notice.
             * @constructor
             * @param {eyepiece.viewer.Notice.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Notice = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Notice level.
             * @member {string} level
             * @memberof eyepiece.viewer.Notice
             * @instance
             */
            Notice.prototype.level = "";

            /**
             * Notice text.
             * @member {string} text
             * @memberof eyepiece.viewer.Notice
             * @instance
             */
            Notice.prototype.text = "";

            /**
             * Encodes the specified Notice message. Does not implicitly {@link eyepiece.viewer.Notice.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Notice
             * @static
             * @param {eyepiece.viewer.Notice.$Properties} message Notice message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Notice.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.level);
                if (message.text != null && $Object.hasOwnProperty.call(message, "text") && message.text !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.text);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Notice message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Notice
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Notice & eyepiece.viewer.Notice.$Shape} Notice
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Notice.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Notice();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.level = value;
                            else
                                delete message.level;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.text = value;
                            else
                                delete message.text;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Notice
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Notice
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Notice.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Notice";
            };

            return Notice;
        })();

        viewer.ClockAnswer = (function() {

            /**
             * Properties of a ClockAnswer.
             * @typedef {Object} eyepiece.viewer.ClockAnswer.$Properties
             * @property {number|null} [sentUs] ClockAnswer sentUs
             * @property {number|null} [nodeUs] ClockAnswer nodeUs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ClockAnswer.
             * @memberof eyepiece.viewer
             * @interface IClockAnswer
             * @augments eyepiece.viewer.ClockAnswer.$Properties
             * @deprecated Use eyepiece.viewer.ClockAnswer.$Properties instead.
             */

            /**
             * Shape of a ClockAnswer.
             * @typedef {eyepiece.viewer.ClockAnswer.$Properties} eyepiece.viewer.ClockAnswer.$Shape
             */

            /**
             * Constructs a new ClockAnswer.
             * @memberof eyepiece.viewer
             * @classdesc Represents a ClockAnswer.
             * @constructor
             * @param {eyepiece.viewer.ClockAnswer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ClockAnswer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ClockAnswer sentUs.
             * @member {number} sentUs
             * @memberof eyepiece.viewer.ClockAnswer
             * @instance
             */
            ClockAnswer.prototype.sentUs = 0;

            /**
             * ClockAnswer nodeUs.
             * @member {number} nodeUs
             * @memberof eyepiece.viewer.ClockAnswer
             * @instance
             */
            ClockAnswer.prototype.nodeUs = 0;

            /**
             * Encodes the specified ClockAnswer message. Does not implicitly {@link eyepiece.viewer.ClockAnswer.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.ClockAnswer
             * @static
             * @param {eyepiece.viewer.ClockAnswer.$Properties} message ClockAnswer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ClockAnswer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.sentUs != null && $Object.hasOwnProperty.call(message, "sentUs") && !$Object.is(message.sentUs, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.sentUs);
                if (message.nodeUs != null && $Object.hasOwnProperty.call(message, "nodeUs") && !$Object.is(message.nodeUs, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.nodeUs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ClockAnswer message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.ClockAnswer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ClockAnswer & eyepiece.viewer.ClockAnswer.$Shape} ClockAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ClockAnswer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.ClockAnswer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sentUs = value;
                            else
                                delete message.sentUs;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nodeUs = value;
                            else
                                delete message.nodeUs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ClockAnswer
             * @function getTypeUrl
             * @memberof eyepiece.viewer.ClockAnswer
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ClockAnswer.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.ClockAnswer";
            };

            return ClockAnswer;
        })();

        viewer.Others = (function() {

            /**
             * Properties of an Others.
             * @typedef {Object} eyepiece.viewer.Others.$Properties
             * @property {string|null} [json] Others json
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Others.
             * @memberof eyepiece.viewer
             * @interface IOthers
             * @augments eyepiece.viewer.Others.$Properties
             * @deprecated Use eyepiece.viewer.Others.$Properties instead.
             */

            /**
             * Shape of an Others.
             * @typedef {eyepiece.viewer.Others.$Properties} eyepiece.viewer.Others.$Shape
             */

            /**
             * Constructs a new Others.
             * @memberof eyepiece.viewer
             * @classdesc Represents an Others.
             * @constructor
             * @param {eyepiece.viewer.Others.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Others = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Others json.
             * @member {string} json
             * @memberof eyepiece.viewer.Others
             * @instance
             */
            Others.prototype.json = "";

            /**
             * Encodes the specified Others message. Does not implicitly {@link eyepiece.viewer.Others.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Others
             * @static
             * @param {eyepiece.viewer.Others.$Properties} message Others message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Others.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.json != null && $Object.hasOwnProperty.call(message, "json") && message.json !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.json);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Others message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Others
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Others & eyepiece.viewer.Others.$Shape} Others
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Others.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Others();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.json = value;
                            else
                                delete message.json;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Others
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Others
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Others.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Others";
            };

            return Others;
        })();

        viewer.Budget = (function() {

            /**
             * Properties of a Budget.
             * @typedef {Object} eyepiece.viewer.Budget.$Properties
             * @property {number|null} [memory] Budget memory
             * @property {number|null} [gpu] Budget gpu
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Budget.
             * @memberof eyepiece.viewer
             * @interface IBudget
             * @augments eyepiece.viewer.Budget.$Properties
             * @deprecated Use eyepiece.viewer.Budget.$Properties instead.
             */

            /**
             * Shape of a Budget.
             * @typedef {eyepiece.viewer.Budget.$Properties} eyepiece.viewer.Budget.$Shape
             */

            /**
             * Constructs a new Budget.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Budget.
             * @constructor
             * @param {eyepiece.viewer.Budget.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Budget = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Budget memory.
             * @member {number} memory
             * @memberof eyepiece.viewer.Budget
             * @instance
             */
            Budget.prototype.memory = 0;

            /**
             * Budget gpu.
             * @member {number} gpu
             * @memberof eyepiece.viewer.Budget
             * @instance
             */
            Budget.prototype.gpu = 0;

            /**
             * Encodes the specified Budget message. Does not implicitly {@link eyepiece.viewer.Budget.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Budget
             * @static
             * @param {eyepiece.viewer.Budget.$Properties} message Budget message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Budget.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.memory != null && $Object.hasOwnProperty.call(message, "memory") && !$Object.is(message.memory, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.memory);
                if (message.gpu != null && $Object.hasOwnProperty.call(message, "gpu") && !$Object.is(message.gpu, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.gpu);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Budget message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Budget
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Budget & eyepiece.viewer.Budget.$Shape} Budget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Budget.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Budget();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.memory = value;
                            else
                                delete message.memory;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.gpu = value;
                            else
                                delete message.gpu;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Budget
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Budget
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Budget.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Budget";
            };

            return Budget;
        })();

        viewer.Held = (function() {

            /**
             * Properties of a Held.
             * @typedef {Object} eyepiece.viewer.Held.$Properties
             * @property {number|null} [memory] Held memory
             * @property {number|null} [memoryAllowed] Held memoryAllowed
             * @property {number|null} [gpu] Held gpu
             * @property {number|null} [gpuAllowed] Held gpuAllowed
             * @property {number|null} [reading] Held reading
             * @property {number|null} [readMs] Held readMs
             * @property {number|null} [memoryMost] Held memoryMost
             * @property {number|null} [gpuMost] Held gpuMost
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Held.
             * @memberof eyepiece.viewer
             * @interface IHeld
             * @augments eyepiece.viewer.Held.$Properties
             * @deprecated Use eyepiece.viewer.Held.$Properties instead.
             */

            /**
             * Shape of a Held.
             * @typedef {eyepiece.viewer.Held.$Properties} eyepiece.viewer.Held.$Shape
             */

            /**
             * Constructs a new Held.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Held.
             * @constructor
             * @param {eyepiece.viewer.Held.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Held = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Held memory.
             * @member {number} memory
             * @memberof eyepiece.viewer.Held
             * @instance
             */
            Held.prototype.memory = 0;

            /**
             * Held memoryAllowed.
             * @member {number} memoryAllowed
             * @memberof eyepiece.viewer.Held
             * @instance
             */
            Held.prototype.memoryAllowed = 0;

            /**
             * Held gpu.
             * @member {number} gpu
             * @memberof eyepiece.viewer.Held
             * @instance
             */
            Held.prototype.gpu = 0;

            /**
             * Held gpuAllowed.
             * @member {number} gpuAllowed
             * @memberof eyepiece.viewer.Held
             * @instance
             */
            Held.prototype.gpuAllowed = 0;

            /**
             * Held reading.
             * @member {number} reading
             * @memberof eyepiece.viewer.Held
             * @instance
             */
            Held.prototype.reading = 0;

            /**
             * Held readMs.
             * @member {number} readMs
             * @memberof eyepiece.viewer.Held
             * @instance
             */
            Held.prototype.readMs = 0;

            /**
             * Held memoryMost.
             * @member {number} memoryMost
             * @memberof eyepiece.viewer.Held
             * @instance
             */
            Held.prototype.memoryMost = 0;

            /**
             * Held gpuMost.
             * @member {number} gpuMost
             * @memberof eyepiece.viewer.Held
             * @instance
             */
            Held.prototype.gpuMost = 0;

            /**
             * Encodes the specified Held message. Does not implicitly {@link eyepiece.viewer.Held.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Held
             * @static
             * @param {eyepiece.viewer.Held.$Properties} message Held message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Held.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.memory != null && $Object.hasOwnProperty.call(message, "memory") && !$Object.is(message.memory, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.memory);
                if (message.memoryAllowed != null && $Object.hasOwnProperty.call(message, "memoryAllowed") && !$Object.is(message.memoryAllowed, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.memoryAllowed);
                if (message.gpu != null && $Object.hasOwnProperty.call(message, "gpu") && !$Object.is(message.gpu, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.gpu);
                if (message.gpuAllowed != null && $Object.hasOwnProperty.call(message, "gpuAllowed") && !$Object.is(message.gpuAllowed, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.gpuAllowed);
                if (message.reading != null && $Object.hasOwnProperty.call(message, "reading") && message.reading !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.reading);
                if (message.readMs != null && $Object.hasOwnProperty.call(message, "readMs") && !$Object.is(message.readMs, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.readMs);
                if (message.memoryMost != null && $Object.hasOwnProperty.call(message, "memoryMost") && !$Object.is(message.memoryMost, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.memoryMost);
                if (message.gpuMost != null && $Object.hasOwnProperty.call(message, "gpuMost") && !$Object.is(message.gpuMost, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.gpuMost);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Held message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Held
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Held & eyepiece.viewer.Held.$Shape} Held
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Held.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Held();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.memory = value;
                            else
                                delete message.memory;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.memoryAllowed = value;
                            else
                                delete message.memoryAllowed;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.gpu = value;
                            else
                                delete message.gpu;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.gpuAllowed = value;
                            else
                                delete message.gpuAllowed;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.reading = value;
                            else
                                delete message.reading;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.readMs = value;
                            else
                                delete message.readMs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.memoryMost = value;
                            else
                                delete message.memoryMost;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.gpuMost = value;
                            else
                                delete message.gpuMost;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Held
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Held
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Held.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Held";
            };

            return Held;
        })();

        viewer.Loading = (function() {

            /**
             * Properties of a Loading.
             * @typedef {Object} eyepiece.viewer.Loading.$Properties
             * @property {number|null} [progress] Loading progress
             * @property {boolean|null} [complete] Loading complete
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Loading.
             * @memberof eyepiece.viewer
             * @interface ILoading
             * @augments eyepiece.viewer.Loading.$Properties
             * @deprecated Use eyepiece.viewer.Loading.$Properties instead.
             */

            /**
             * Shape of a Loading.
             * @typedef {eyepiece.viewer.Loading.$Properties} eyepiece.viewer.Loading.$Shape
             */

            /**
             * Constructs a new Loading.
             * @memberof eyepiece.viewer
             * @classdesc Represents a Loading.
             * @constructor
             * @param {eyepiece.viewer.Loading.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Loading = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Loading progress.
             * @member {number} progress
             * @memberof eyepiece.viewer.Loading
             * @instance
             */
            Loading.prototype.progress = 0;

            /**
             * Loading complete.
             * @member {boolean} complete
             * @memberof eyepiece.viewer.Loading
             * @instance
             */
            Loading.prototype.complete = false;

            /**
             * Encodes the specified Loading message. Does not implicitly {@link eyepiece.viewer.Loading.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.Loading
             * @static
             * @param {eyepiece.viewer.Loading.$Properties} message Loading message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Loading.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.progress != null && $Object.hasOwnProperty.call(message, "progress") && !$Object.is(message.progress, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.progress);
                if (message.complete != null && $Object.hasOwnProperty.call(message, "complete") && message.complete !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.complete);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Loading message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.Loading
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Loading & eyepiece.viewer.Loading.$Shape} Loading
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Loading.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.Loading();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.progress = value;
                            else
                                delete message.progress;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.complete = value;
                            else
                                delete message.complete;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Loading
             * @function getTypeUrl
             * @memberof eyepiece.viewer.Loading
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Loading.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.Loading";
            };

            return Loading;
        })();

        /**
         * Picture enum.
         * @name eyepiece.viewer.Picture
         * @enum {number}
         * @property {number} H264=0 H264 value
         * @property {number} PNG=1 PNG value
         */
        viewer.Picture = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "H264"] = 0;
            values[valuesById[1] = "PNG"] = 1;
            return values;
        })();

        viewer.FrameHead = (function() {

            /**
             * Properties of a FrameHead.
             * @typedef {Object} eyepiece.viewer.FrameHead.$Properties
             * @property {number|null} [frame] FrameHead frame
             * @property {number|null} [inputId] FrameHead inputId
             * @property {eyepiece.viewer.Picture|null} [picture] FrameHead picture
             * @property {boolean|null} [key] FrameHead key
             * @property {string|null} [codec] FrameHead codec
             * @property {number|null} [width] FrameHead width
             * @property {number|null} [height] FrameHead height
             * @property {number|null} [cropWidth] FrameHead cropWidth
             * @property {number|null} [cropHeight] FrameHead cropHeight
             * @property {eyepiece.viewer.Pose.$Properties|null} [pose] FrameHead pose
             * @property {number|null} [revision] FrameHead revision
             * @property {boolean|null} [exact] FrameHead exact
             * @property {number|null} [receivedUs] FrameHead receivedUs
             * @property {number|null} [renderUs] FrameHead renderUs
             * @property {number|null} [convertUs] FrameHead convertUs
             * @property {number|null} [encodeUs] FrameHead encodeUs
             * @property {number|null} [sentUs] FrameHead sentUs
             * @property {number|null} [queueUs] FrameHead queueUs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FrameHead.
             * @memberof eyepiece.viewer
             * @interface IFrameHead
             * @augments eyepiece.viewer.FrameHead.$Properties
             * @deprecated Use eyepiece.viewer.FrameHead.$Properties instead.
             */

            /**
             * Shape of a FrameHead.
             * @typedef {eyepiece.viewer.FrameHead.$Properties} eyepiece.viewer.FrameHead.$Shape
             */

            /**
             * Constructs a new FrameHead.
             * @memberof eyepiece.viewer
             * @classdesc Represents a FrameHead.
             * @constructor
             * @param {eyepiece.viewer.FrameHead.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FrameHead = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FrameHead frame.
             * @member {number} frame
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.frame = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * FrameHead inputId.
             * @member {number} inputId
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.inputId = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * FrameHead picture.
             * @member {eyepiece.viewer.Picture} picture
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.picture = 0;

            /**
             * FrameHead key.
             * @member {boolean} key
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.key = false;

            /**
             * FrameHead codec.
             * @member {string} codec
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.codec = "";

            /**
             * FrameHead width.
             * @member {number} width
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.width = 0;

            /**
             * FrameHead height.
             * @member {number} height
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.height = 0;

            /**
             * FrameHead cropWidth.
             * @member {number} cropWidth
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.cropWidth = 0;

            /**
             * FrameHead cropHeight.
             * @member {number} cropHeight
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.cropHeight = 0;

            /**
             * FrameHead pose.
             * @member {eyepiece.viewer.Pose.$Properties|null|undefined} pose
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.pose = null;

            /**
             * FrameHead revision.
             * @member {number} revision
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * FrameHead exact.
             * @member {boolean} exact
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.exact = false;

            /**
             * FrameHead receivedUs.
             * @member {number} receivedUs
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.receivedUs = 0;

            /**
             * FrameHead renderUs.
             * @member {number} renderUs
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.renderUs = 0;

            /**
             * FrameHead convertUs.
             * @member {number} convertUs
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.convertUs = 0;

            /**
             * FrameHead encodeUs.
             * @member {number} encodeUs
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.encodeUs = 0;

            /**
             * FrameHead sentUs.
             * @member {number} sentUs
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.sentUs = 0;

            /**
             * FrameHead queueUs.
             * @member {number} queueUs
             * @memberof eyepiece.viewer.FrameHead
             * @instance
             */
            FrameHead.prototype.queueUs = 0;

            /**
             * Encodes the specified FrameHead message. Does not implicitly {@link eyepiece.viewer.FrameHead.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.FrameHead
             * @static
             * @param {eyepiece.viewer.FrameHead.$Properties} message FrameHead message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FrameHead.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.frame != null && $Object.hasOwnProperty.call(message, "frame") && (typeof message.frame === "object" ? message.frame.low || message.frame.high : message.frame !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.frame);
                if (message.inputId != null && $Object.hasOwnProperty.call(message, "inputId") && (typeof message.inputId === "object" ? message.inputId.low || message.inputId.high : message.inputId !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.inputId);
                if (message.picture != null && $Object.hasOwnProperty.call(message, "picture") && message.picture !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.picture);
                if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== false)
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.key);
                if (message.codec != null && $Object.hasOwnProperty.call(message, "codec") && message.codec !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.codec);
                if (message.width != null && $Object.hasOwnProperty.call(message, "width") && message.width !== 0)
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.width);
                if (message.height != null && $Object.hasOwnProperty.call(message, "height") && message.height !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.height);
                if (message.cropWidth != null && $Object.hasOwnProperty.call(message, "cropWidth") && message.cropWidth !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.cropWidth);
                if (message.cropHeight != null && $Object.hasOwnProperty.call(message, "cropHeight") && message.cropHeight !== 0)
                    writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.cropHeight);
                if (message.pose != null && $Object.hasOwnProperty.call(message, "pose"))
                    $root.eyepiece.viewer.Pose.encode(message.pose, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                    writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.revision);
                if (message.exact != null && $Object.hasOwnProperty.call(message, "exact") && message.exact !== false)
                    writer.uint32(/* id 12, wireType 0 =*/96).bool(message.exact);
                if (message.receivedUs != null && $Object.hasOwnProperty.call(message, "receivedUs") && !$Object.is(message.receivedUs, 0))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.receivedUs);
                if (message.renderUs != null && $Object.hasOwnProperty.call(message, "renderUs") && !$Object.is(message.renderUs, 0))
                    writer.uint32(/* id 14, wireType 1 =*/113).double(message.renderUs);
                if (message.convertUs != null && $Object.hasOwnProperty.call(message, "convertUs") && !$Object.is(message.convertUs, 0))
                    writer.uint32(/* id 15, wireType 1 =*/121).double(message.convertUs);
                if (message.encodeUs != null && $Object.hasOwnProperty.call(message, "encodeUs") && !$Object.is(message.encodeUs, 0))
                    writer.uint32(/* id 16, wireType 1 =*/129).double(message.encodeUs);
                if (message.sentUs != null && $Object.hasOwnProperty.call(message, "sentUs") && !$Object.is(message.sentUs, 0))
                    writer.uint32(/* id 17, wireType 1 =*/137).double(message.sentUs);
                if (message.queueUs != null && $Object.hasOwnProperty.call(message, "queueUs") && !$Object.is(message.queueUs, 0))
                    writer.uint32(/* id 18, wireType 1 =*/145).double(message.queueUs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FrameHead message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.FrameHead
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.FrameHead & eyepiece.viewer.FrameHead.$Shape} FrameHead
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FrameHead.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.FrameHead();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.frame = value;
                            else
                                delete message.frame;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.inputId = value;
                            else
                                delete message.inputId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.picture = value;
                            else
                                delete message.picture;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.key = value;
                            else
                                delete message.key;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.codec = value;
                            else
                                delete message.codec;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.width = value;
                            else
                                delete message.width;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.height = value;
                            else
                                delete message.height;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.cropWidth = value;
                            else
                                delete message.cropWidth;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.cropHeight = value;
                            else
                                delete message.cropHeight;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.pose = $root.eyepiece.viewer.Pose.decode(reader, reader.size(), $undefined, _depth + 1, message.pose);
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.exact = value;
                            else
                                delete message.exact;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.receivedUs = value;
                            else
                                delete message.receivedUs;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.renderUs = value;
                            else
                                delete message.renderUs;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.convertUs = value;
                            else
                                delete message.convertUs;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.encodeUs = value;
                            else
                                delete message.encodeUs;
                            continue;
                        }
                    case 17: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.sentUs = value;
                            else
                                delete message.sentUs;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.queueUs = value;
                            else
                                delete message.queueUs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for FrameHead
             * @function getTypeUrl
             * @memberof eyepiece.viewer.FrameHead
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            FrameHead.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.FrameHead";
            };

            return FrameHead;
        })();

        viewer.SaveLayers = (function() {

            /**
             * Properties of a SaveLayers.
             * @typedef {Object} eyepiece.viewer.SaveLayers.$Properties
             * @property {string|null} [task] SaveLayers task
             * @property {Array.<string>|null} [layers] SaveLayers layers
             * @property {string|null} [name] SaveLayers name
             * @property {string|null} [folder] SaveLayers folder
             * @property {boolean|null} [replace] SaveLayers replace
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SaveLayers.
             * @memberof eyepiece.viewer
             * @interface ISaveLayers
             * @augments eyepiece.viewer.SaveLayers.$Properties
             * @deprecated Use eyepiece.viewer.SaveLayers.$Properties instead.
             */

            /**
             * Shape of a SaveLayers.
             * @typedef {eyepiece.viewer.SaveLayers.$Properties} eyepiece.viewer.SaveLayers.$Shape
             */

            /**
             * Constructs a new SaveLayers.
             * @memberof eyepiece.viewer
             * @classdesc Represents a SaveLayers.
             * @constructor
             * @param {eyepiece.viewer.SaveLayers.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SaveLayers = function (properties) {
                this.layers = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SaveLayers task.
             * @member {string} task
             * @memberof eyepiece.viewer.SaveLayers
             * @instance
             */
            SaveLayers.prototype.task = "";

            /**
             * SaveLayers layers.
             * @member {Array.<string>} layers
             * @memberof eyepiece.viewer.SaveLayers
             * @instance
             */
            SaveLayers.prototype.layers = $util.emptyArray;

            /**
             * SaveLayers name.
             * @member {string} name
             * @memberof eyepiece.viewer.SaveLayers
             * @instance
             */
            SaveLayers.prototype.name = "";

            /**
             * SaveLayers folder.
             * @member {string} folder
             * @memberof eyepiece.viewer.SaveLayers
             * @instance
             */
            SaveLayers.prototype.folder = "";

            /**
             * SaveLayers replace.
             * @member {boolean} replace
             * @memberof eyepiece.viewer.SaveLayers
             * @instance
             */
            SaveLayers.prototype.replace = false;

            /**
             * Encodes the specified SaveLayers message. Does not implicitly {@link eyepiece.viewer.SaveLayers.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.SaveLayers
             * @static
             * @param {eyepiece.viewer.SaveLayers.$Properties} message SaveLayers message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SaveLayers.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.task != null && $Object.hasOwnProperty.call(message, "task") && message.task !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.task);
                if (message.layers != null && message.layers.length)
                    for (let i = 0; i < message.layers.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.layers[i]);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.folder != null && $Object.hasOwnProperty.call(message, "folder") && message.folder !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.folder);
                if (message.replace != null && $Object.hasOwnProperty.call(message, "replace") && message.replace !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.replace);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SaveLayers message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.SaveLayers
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.SaveLayers & eyepiece.viewer.SaveLayers.$Shape} SaveLayers
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SaveLayers.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.SaveLayers();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.task = value;
                            else
                                delete message.task;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.layers && message.layers.length))
                                message.layers = [];
                            message.layers.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.folder = value;
                            else
                                delete message.folder;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.replace = value;
                            else
                                delete message.replace;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for SaveLayers
             * @function getTypeUrl
             * @memberof eyepiece.viewer.SaveLayers
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SaveLayers.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.SaveLayers";
            };

            return SaveLayers;
        })();

        viewer.CancelSave = (function() {

            /**
             * Properties of a CancelSave.
             * @typedef {Object} eyepiece.viewer.CancelSave.$Properties
             * @property {string|null} [task] CancelSave task
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CancelSave.
             * @memberof eyepiece.viewer
             * @interface ICancelSave
             * @augments eyepiece.viewer.CancelSave.$Properties
             * @deprecated Use eyepiece.viewer.CancelSave.$Properties instead.
             */

            /**
             * Shape of a CancelSave.
             * @typedef {eyepiece.viewer.CancelSave.$Properties} eyepiece.viewer.CancelSave.$Shape
             */

            /**
             * Constructs a new CancelSave.
             * @memberof eyepiece.viewer
             * @classdesc Represents a CancelSave.
             * @constructor
             * @param {eyepiece.viewer.CancelSave.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CancelSave = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CancelSave task.
             * @member {string} task
             * @memberof eyepiece.viewer.CancelSave
             * @instance
             */
            CancelSave.prototype.task = "";

            /**
             * Encodes the specified CancelSave message. Does not implicitly {@link eyepiece.viewer.CancelSave.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.CancelSave
             * @static
             * @param {eyepiece.viewer.CancelSave.$Properties} message CancelSave message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CancelSave.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.task != null && $Object.hasOwnProperty.call(message, "task") && message.task !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.task);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CancelSave message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.CancelSave
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.CancelSave & eyepiece.viewer.CancelSave.$Shape} CancelSave
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CancelSave.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.CancelSave();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.task = value;
                            else
                                delete message.task;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for CancelSave
             * @function getTypeUrl
             * @memberof eyepiece.viewer.CancelSave
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            CancelSave.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.CancelSave";
            };

            return CancelSave;
        })();

        viewer.LayersSaved = (function() {

            /**
             * Properties of a LayersSaved.
             * @typedef {Object} eyepiece.viewer.LayersSaved.$Properties
             * @property {string|null} [token] LayersSaved token
             * @property {Array.<eyepiece.viewer.SavedFile.$Properties>|null} [files] LayersSaved files
             * @property {Array.<string>|null} [paths] LayersSaved paths
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LayersSaved.
             * @memberof eyepiece.viewer
             * @interface ILayersSaved
             * @augments eyepiece.viewer.LayersSaved.$Properties
             * @deprecated Use eyepiece.viewer.LayersSaved.$Properties instead.
             */

            /**
             * Shape of a LayersSaved.
             * @typedef {eyepiece.viewer.LayersSaved.$Properties} eyepiece.viewer.LayersSaved.$Shape
             */

            /**
             * Constructs a new LayersSaved.
             * @memberof eyepiece.viewer
             * @classdesc Represents a LayersSaved.
             * @constructor
             * @param {eyepiece.viewer.LayersSaved.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LayersSaved = function (properties) {
                this.files = [];
                this.paths = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LayersSaved token.
             * @member {string} token
             * @memberof eyepiece.viewer.LayersSaved
             * @instance
             */
            LayersSaved.prototype.token = "";

            /**
             * LayersSaved files.
             * @member {Array.<eyepiece.viewer.SavedFile.$Properties>} files
             * @memberof eyepiece.viewer.LayersSaved
             * @instance
             */
            LayersSaved.prototype.files = $util.emptyArray;

            /**
             * LayersSaved paths.
             * @member {Array.<string>} paths
             * @memberof eyepiece.viewer.LayersSaved
             * @instance
             */
            LayersSaved.prototype.paths = $util.emptyArray;

            /**
             * Encodes the specified LayersSaved message. Does not implicitly {@link eyepiece.viewer.LayersSaved.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.LayersSaved
             * @static
             * @param {eyepiece.viewer.LayersSaved.$Properties} message LayersSaved message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LayersSaved.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.token != null && $Object.hasOwnProperty.call(message, "token") && message.token !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.token);
                if (message.files != null && message.files.length)
                    for (let i = 0; i < message.files.length; ++i)
                        $root.eyepiece.viewer.SavedFile.encode(message.files[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.paths != null && message.paths.length)
                    for (let i = 0; i < message.paths.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.paths[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LayersSaved message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.LayersSaved
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.LayersSaved & eyepiece.viewer.LayersSaved.$Shape} LayersSaved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LayersSaved.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.LayersSaved();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.token = value;
                            else
                                delete message.token;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.files && message.files.length))
                                message.files = [];
                            message.files.push($root.eyepiece.viewer.SavedFile.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.paths && message.paths.length))
                                message.paths = [];
                            message.paths.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for LayersSaved
             * @function getTypeUrl
             * @memberof eyepiece.viewer.LayersSaved
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            LayersSaved.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.LayersSaved";
            };

            return LayersSaved;
        })();

        viewer.FilmAsked = (function() {

            /**
             * Properties of a FilmAsked.
             * @typedef {Object} eyepiece.viewer.FilmAsked.$Properties
             * @property {string|null} [task] FilmAsked task
             * @property {string|null} [json] FilmAsked json
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a FilmAsked.
             * @memberof eyepiece.viewer
             * @interface IFilmAsked
             * @augments eyepiece.viewer.FilmAsked.$Properties
             * @deprecated Use eyepiece.viewer.FilmAsked.$Properties instead.
             */

            /**
             * Shape of a FilmAsked.
             * @typedef {eyepiece.viewer.FilmAsked.$Properties} eyepiece.viewer.FilmAsked.$Shape
             */

            /**
             * Constructs a new FilmAsked.
             * @memberof eyepiece.viewer
             * @classdesc Represents a FilmAsked.
             * @constructor
             * @param {eyepiece.viewer.FilmAsked.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const FilmAsked = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * FilmAsked task.
             * @member {string} task
             * @memberof eyepiece.viewer.FilmAsked
             * @instance
             */
            FilmAsked.prototype.task = "";

            /**
             * FilmAsked json.
             * @member {string} json
             * @memberof eyepiece.viewer.FilmAsked
             * @instance
             */
            FilmAsked.prototype.json = "";

            /**
             * Encodes the specified FilmAsked message. Does not implicitly {@link eyepiece.viewer.FilmAsked.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.FilmAsked
             * @static
             * @param {eyepiece.viewer.FilmAsked.$Properties} message FilmAsked message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            FilmAsked.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.task != null && $Object.hasOwnProperty.call(message, "task") && message.task !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.task);
                if (message.json != null && $Object.hasOwnProperty.call(message, "json") && message.json !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.json);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a FilmAsked message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.FilmAsked
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.FilmAsked & eyepiece.viewer.FilmAsked.$Shape} FilmAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            FilmAsked.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.FilmAsked();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.task = value;
                            else
                                delete message.task;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.json = value;
                            else
                                delete message.json;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for FilmAsked
             * @function getTypeUrl
             * @memberof eyepiece.viewer.FilmAsked
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            FilmAsked.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.FilmAsked";
            };

            return FilmAsked;
        })();

        viewer.SavedFile = (function() {

            /**
             * Properties of a SavedFile.
             * @typedef {Object} eyepiece.viewer.SavedFile.$Properties
             * @property {string|null} [path] SavedFile path
             * @property {number|null} [size] SavedFile size
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SavedFile.
             * @memberof eyepiece.viewer
             * @interface ISavedFile
             * @augments eyepiece.viewer.SavedFile.$Properties
             * @deprecated Use eyepiece.viewer.SavedFile.$Properties instead.
             */

            /**
             * Shape of a SavedFile.
             * @typedef {eyepiece.viewer.SavedFile.$Properties} eyepiece.viewer.SavedFile.$Shape
             */

            /**
             * Constructs a new SavedFile.
             * @memberof eyepiece.viewer
             * @classdesc Represents a SavedFile.
             * @constructor
             * @param {eyepiece.viewer.SavedFile.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SavedFile = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SavedFile path.
             * @member {string} path
             * @memberof eyepiece.viewer.SavedFile
             * @instance
             */
            SavedFile.prototype.path = "";

            /**
             * SavedFile size.
             * @member {number} size
             * @memberof eyepiece.viewer.SavedFile
             * @instance
             */
            SavedFile.prototype.size = 0;

            /**
             * Encodes the specified SavedFile message. Does not implicitly {@link eyepiece.viewer.SavedFile.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.SavedFile
             * @static
             * @param {eyepiece.viewer.SavedFile.$Properties} message SavedFile message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SavedFile.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.path);
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && !$Object.is(message.size, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.size);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SavedFile message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.SavedFile
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.SavedFile & eyepiece.viewer.SavedFile.$Shape} SavedFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SavedFile.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.SavedFile();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for SavedFile
             * @function getTypeUrl
             * @memberof eyepiece.viewer.SavedFile
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SavedFile.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.SavedFile";
            };

            return SavedFile;
        })();

        viewer.TakeSaved = (function() {

            /**
             * Properties of a TakeSaved.
             * @typedef {Object} eyepiece.viewer.TakeSaved.$Properties
             * @property {string|null} [token] TakeSaved token
             * @property {string|null} [path] TakeSaved path
             * @property {number|null} [offset] TakeSaved offset
             * @property {number|null} [length] TakeSaved length
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TakeSaved.
             * @memberof eyepiece.viewer
             * @interface ITakeSaved
             * @augments eyepiece.viewer.TakeSaved.$Properties
             * @deprecated Use eyepiece.viewer.TakeSaved.$Properties instead.
             */

            /**
             * Shape of a TakeSaved.
             * @typedef {eyepiece.viewer.TakeSaved.$Properties} eyepiece.viewer.TakeSaved.$Shape
             */

            /**
             * Constructs a new TakeSaved.
             * @memberof eyepiece.viewer
             * @classdesc Represents a TakeSaved.
             * @constructor
             * @param {eyepiece.viewer.TakeSaved.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TakeSaved = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TakeSaved token.
             * @member {string} token
             * @memberof eyepiece.viewer.TakeSaved
             * @instance
             */
            TakeSaved.prototype.token = "";

            /**
             * TakeSaved path.
             * @member {string} path
             * @memberof eyepiece.viewer.TakeSaved
             * @instance
             */
            TakeSaved.prototype.path = "";

            /**
             * TakeSaved offset.
             * @member {number} offset
             * @memberof eyepiece.viewer.TakeSaved
             * @instance
             */
            TakeSaved.prototype.offset = 0;

            /**
             * TakeSaved length.
             * @member {number} length
             * @memberof eyepiece.viewer.TakeSaved
             * @instance
             */
            TakeSaved.prototype.length = 0;

            /**
             * Encodes the specified TakeSaved message. Does not implicitly {@link eyepiece.viewer.TakeSaved.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.TakeSaved
             * @static
             * @param {eyepiece.viewer.TakeSaved.$Properties} message TakeSaved message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TakeSaved.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.token != null && $Object.hasOwnProperty.call(message, "token") && message.token !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.token);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.path);
                if (message.offset != null && $Object.hasOwnProperty.call(message, "offset") && !$Object.is(message.offset, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.offset);
                if (message.length != null && $Object.hasOwnProperty.call(message, "length") && message.length !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.length);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TakeSaved message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.TakeSaved
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.TakeSaved & eyepiece.viewer.TakeSaved.$Shape} TakeSaved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TakeSaved.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.TakeSaved();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.token = value;
                            else
                                delete message.token;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.offset = value;
                            else
                                delete message.offset;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.length = value;
                            else
                                delete message.length;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for TakeSaved
             * @function getTypeUrl
             * @memberof eyepiece.viewer.TakeSaved
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            TakeSaved.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.TakeSaved";
            };

            return TakeSaved;
        })();

        viewer.SavedPiece = (function() {

            /**
             * Properties of a SavedPiece.
             * @typedef {Object} eyepiece.viewer.SavedPiece.$Properties
             * @property {Uint8Array|null} [data] SavedPiece data
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SavedPiece.
             * @memberof eyepiece.viewer
             * @interface ISavedPiece
             * @augments eyepiece.viewer.SavedPiece.$Properties
             * @deprecated Use eyepiece.viewer.SavedPiece.$Properties instead.
             */

            /**
             * Shape of a SavedPiece.
             * @typedef {eyepiece.viewer.SavedPiece.$Properties} eyepiece.viewer.SavedPiece.$Shape
             */

            /**
             * Constructs a new SavedPiece.
             * @memberof eyepiece.viewer
             * @classdesc Represents a SavedPiece.
             * @constructor
             * @param {eyepiece.viewer.SavedPiece.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SavedPiece = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SavedPiece data.
             * @member {Uint8Array} data
             * @memberof eyepiece.viewer.SavedPiece
             * @instance
             */
            SavedPiece.prototype.data = $util.newBuffer([]);

            /**
             * Encodes the specified SavedPiece message. Does not implicitly {@link eyepiece.viewer.SavedPiece.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.SavedPiece
             * @static
             * @param {eyepiece.viewer.SavedPiece.$Properties} message SavedPiece message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SavedPiece.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.data);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SavedPiece message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.SavedPiece
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.SavedPiece & eyepiece.viewer.SavedPiece.$Shape} SavedPiece
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SavedPiece.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.SavedPiece();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.data = value;
                            else
                                delete message.data;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for SavedPiece
             * @function getTypeUrl
             * @memberof eyepiece.viewer.SavedPiece
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            SavedPiece.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.SavedPiece";
            };

            return SavedPiece;
        })();

        viewer.DropSaved = (function() {

            /**
             * Properties of a DropSaved.
             * @typedef {Object} eyepiece.viewer.DropSaved.$Properties
             * @property {string|null} [token] DropSaved token
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DropSaved.
             * @memberof eyepiece.viewer
             * @interface IDropSaved
             * @augments eyepiece.viewer.DropSaved.$Properties
             * @deprecated Use eyepiece.viewer.DropSaved.$Properties instead.
             */

            /**
             * Shape of a DropSaved.
             * @typedef {eyepiece.viewer.DropSaved.$Properties} eyepiece.viewer.DropSaved.$Shape
             */

            /**
             * Constructs a new DropSaved.
             * @memberof eyepiece.viewer
             * @classdesc Represents a DropSaved.
             * @constructor
             * @param {eyepiece.viewer.DropSaved.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DropSaved = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DropSaved token.
             * @member {string} token
             * @memberof eyepiece.viewer.DropSaved
             * @instance
             */
            DropSaved.prototype.token = "";

            /**
             * Encodes the specified DropSaved message. Does not implicitly {@link eyepiece.viewer.DropSaved.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.DropSaved
             * @static
             * @param {eyepiece.viewer.DropSaved.$Properties} message DropSaved message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DropSaved.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.token != null && $Object.hasOwnProperty.call(message, "token") && message.token !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.token);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DropSaved message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.DropSaved
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.DropSaved & eyepiece.viewer.DropSaved.$Shape} DropSaved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DropSaved.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.DropSaved();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.token = value;
                            else
                                delete message.token;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DropSaved
             * @function getTypeUrl
             * @memberof eyepiece.viewer.DropSaved
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DropSaved.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.DropSaved";
            };

            return DropSaved;
        })();

        viewer.BrickRequest = (function() {

            /**
             * Properties of a BrickRequest.
             * @typedef {Object} eyepiece.viewer.BrickRequest.$Properties
             * @property {eyepiece.viewer.DataAsked.$Properties|null} [data] BrickRequest data
             * @property {eyepiece.viewer.BrickAsked.$Properties|null} [brick] BrickRequest brick
             * @property {eyepiece.viewer.BrickCancelled.$Properties|null} [cancel] BrickRequest cancel
             * @property {eyepiece.viewer.BricksSync.$Properties|null} [sync] BrickRequest sync
             * @property {"data"|"brick"|"cancel"|"sync"} [what] BrickRequest what
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BrickRequest.
             * @memberof eyepiece.viewer
             * @interface IBrickRequest
             * @augments eyepiece.viewer.BrickRequest.$Properties
             * @deprecated Use eyepiece.viewer.BrickRequest.$Properties instead.
             */

            /**
             * Narrowed shape of a BrickRequest.
             * @typedef {{
             *   data?: eyepiece.viewer.DataAsked.$Shape|null;
             *   brick?: eyepiece.viewer.BrickAsked.$Shape|null;
             *   cancel?: eyepiece.viewer.BrickCancelled.$Shape|null;
             *   sync?: eyepiece.viewer.BricksSync.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ what?: undefined; data?: null; brick?: null; cancel?: null; sync?: null }|{ what?: "data"; data: eyepiece.viewer.DataAsked.$Shape; brick?: null; cancel?: null; sync?: null }|{ what?: "brick"; data?: null; brick: eyepiece.viewer.BrickAsked.$Shape; cancel?: null; sync?: null }|{ what?: "cancel"; data?: null; brick?: null; cancel: eyepiece.viewer.BrickCancelled.$Shape; sync?: null }|{ what?: "sync"; data?: null; brick?: null; cancel?: null; sync: eyepiece.viewer.BricksSync.$Shape })
             * )} eyepiece.viewer.BrickRequest.$Shape
             */

            /**
             * Constructs a new BrickRequest.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BrickRequest.
             * @constructor
             * @param {eyepiece.viewer.BrickRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BrickRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BrickRequest data.
             * @member {eyepiece.viewer.DataAsked.$Properties|null|undefined} data
             * @memberof eyepiece.viewer.BrickRequest
             * @instance
             */
            BrickRequest.prototype.data = null;

            /**
             * BrickRequest brick.
             * @member {eyepiece.viewer.BrickAsked.$Properties|null|undefined} brick
             * @memberof eyepiece.viewer.BrickRequest
             * @instance
             */
            BrickRequest.prototype.brick = null;

            /**
             * BrickRequest cancel.
             * @member {eyepiece.viewer.BrickCancelled.$Properties|null|undefined} cancel
             * @memberof eyepiece.viewer.BrickRequest
             * @instance
             */
            BrickRequest.prototype.cancel = null;

            /**
             * BrickRequest sync.
             * @member {eyepiece.viewer.BricksSync.$Properties|null|undefined} sync
             * @memberof eyepiece.viewer.BrickRequest
             * @instance
             */
            BrickRequest.prototype.sync = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * BrickRequest what.
             * @member {"data"|"brick"|"cancel"|"sync"|undefined} what
             * @memberof eyepiece.viewer.BrickRequest
             * @instance
             */
            $Object.defineProperty(BrickRequest.prototype, "what", {
                get: $util.oneOfGetter($oneOfFields = ["data", "brick", "cancel", "sync"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified BrickRequest message. Does not implicitly {@link eyepiece.viewer.BrickRequest.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BrickRequest
             * @static
             * @param {eyepiece.viewer.BrickRequest.$Properties} message BrickRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrickRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                    $root.eyepiece.viewer.DataAsked.encode(message.data, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.brick != null && $Object.hasOwnProperty.call(message, "brick"))
                    $root.eyepiece.viewer.BrickAsked.encode(message.brick, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.cancel != null && $Object.hasOwnProperty.call(message, "cancel"))
                    $root.eyepiece.viewer.BrickCancelled.encode(message.cancel, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.sync != null && $Object.hasOwnProperty.call(message, "sync"))
                    $root.eyepiece.viewer.BricksSync.encode(message.sync, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BrickRequest message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BrickRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickRequest & eyepiece.viewer.BrickRequest.$Shape} BrickRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrickRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BrickRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.data = $root.eyepiece.viewer.DataAsked.decode(reader, reader.size(), $undefined, _depth + 1, message.data);
                            message.what = "data";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.brick = $root.eyepiece.viewer.BrickAsked.decode(reader, reader.size(), $undefined, _depth + 1, message.brick);
                            message.what = "brick";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.cancel = $root.eyepiece.viewer.BrickCancelled.decode(reader, reader.size(), $undefined, _depth + 1, message.cancel);
                            message.what = "cancel";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.sync = $root.eyepiece.viewer.BricksSync.decode(reader, reader.size(), $undefined, _depth + 1, message.sync);
                            message.what = "sync";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BrickRequest
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BrickRequest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BrickRequest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BrickRequest";
            };

            return BrickRequest;
        })();

        viewer.DataAsked = (function() {

            /**
             * Properties of a DataAsked.
             * @typedef {Object} eyepiece.viewer.DataAsked.$Properties
             * @property {string|null} [source] DataAsked source
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DataAsked.
             * @memberof eyepiece.viewer
             * @interface IDataAsked
             * @augments eyepiece.viewer.DataAsked.$Properties
             * @deprecated Use eyepiece.viewer.DataAsked.$Properties instead.
             */

            /**
             * Shape of a DataAsked.
             * @typedef {eyepiece.viewer.DataAsked.$Properties} eyepiece.viewer.DataAsked.$Shape
             */

            /**
             * Constructs a new DataAsked.
             * @memberof eyepiece.viewer
             * @classdesc Represents a DataAsked.
             * @constructor
             * @param {eyepiece.viewer.DataAsked.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DataAsked = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DataAsked source.
             * @member {string} source
             * @memberof eyepiece.viewer.DataAsked
             * @instance
             */
            DataAsked.prototype.source = "";

            /**
             * Encodes the specified DataAsked message. Does not implicitly {@link eyepiece.viewer.DataAsked.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.DataAsked
             * @static
             * @param {eyepiece.viewer.DataAsked.$Properties} message DataAsked message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DataAsked.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.source);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DataAsked message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.DataAsked
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.DataAsked & eyepiece.viewer.DataAsked.$Shape} DataAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DataAsked.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.DataAsked();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DataAsked
             * @function getTypeUrl
             * @memberof eyepiece.viewer.DataAsked
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DataAsked.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.DataAsked";
            };

            return DataAsked;
        })();

        viewer.BrickAsked = (function() {

            /**
             * Properties of a BrickAsked.
             * @typedef {Object} eyepiece.viewer.BrickAsked.$Properties
             * @property {number|null} [id] BrickAsked id
             * @property {string|null} [source] BrickAsked source
             * @property {number|null} [level] BrickAsked level
             * @property {Array.<number>|null} [index] BrickAsked index
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BrickAsked.
             * @memberof eyepiece.viewer
             * @interface IBrickAsked
             * @augments eyepiece.viewer.BrickAsked.$Properties
             * @deprecated Use eyepiece.viewer.BrickAsked.$Properties instead.
             */

            /**
             * Shape of a BrickAsked.
             * @typedef {eyepiece.viewer.BrickAsked.$Properties} eyepiece.viewer.BrickAsked.$Shape
             */

            /**
             * Constructs a new BrickAsked.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BrickAsked.
             * @constructor
             * @param {eyepiece.viewer.BrickAsked.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BrickAsked = function (properties) {
                this.index = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BrickAsked id.
             * @member {number} id
             * @memberof eyepiece.viewer.BrickAsked
             * @instance
             */
            BrickAsked.prototype.id = 0;

            /**
             * BrickAsked source.
             * @member {string} source
             * @memberof eyepiece.viewer.BrickAsked
             * @instance
             */
            BrickAsked.prototype.source = "";

            /**
             * BrickAsked level.
             * @member {number} level
             * @memberof eyepiece.viewer.BrickAsked
             * @instance
             */
            BrickAsked.prototype.level = 0;

            /**
             * BrickAsked index.
             * @member {Array.<number>} index
             * @memberof eyepiece.viewer.BrickAsked
             * @instance
             */
            BrickAsked.prototype.index = $util.emptyArray;

            /**
             * Encodes the specified BrickAsked message. Does not implicitly {@link eyepiece.viewer.BrickAsked.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BrickAsked
             * @static
             * @param {eyepiece.viewer.BrickAsked.$Properties} message BrickAsked message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrickAsked.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.source);
                if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.level);
                if (message.index != null && message.index.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).uint32s(message.index);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BrickAsked message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BrickAsked
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickAsked & eyepiece.viewer.BrickAsked.$Shape} BrickAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrickAsked.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BrickAsked();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.level = value;
                            else
                                delete message.level;
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.index && message.index.length))
                                    message.index = [];
                                reader.uint32s(message.index);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.index && message.index.length))
                                message.index = [];
                            message.index.push(reader.uint32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BrickAsked
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BrickAsked
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BrickAsked.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BrickAsked";
            };

            return BrickAsked;
        })();

        viewer.BrickCancelled = (function() {

            /**
             * Properties of a BrickCancelled.
             * @typedef {Object} eyepiece.viewer.BrickCancelled.$Properties
             * @property {number|null} [id] BrickCancelled id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BrickCancelled.
             * @memberof eyepiece.viewer
             * @interface IBrickCancelled
             * @augments eyepiece.viewer.BrickCancelled.$Properties
             * @deprecated Use eyepiece.viewer.BrickCancelled.$Properties instead.
             */

            /**
             * Shape of a BrickCancelled.
             * @typedef {eyepiece.viewer.BrickCancelled.$Properties} eyepiece.viewer.BrickCancelled.$Shape
             */

            /**
             * Constructs a new BrickCancelled.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BrickCancelled.
             * @constructor
             * @param {eyepiece.viewer.BrickCancelled.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BrickCancelled = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BrickCancelled id.
             * @member {number} id
             * @memberof eyepiece.viewer.BrickCancelled
             * @instance
             */
            BrickCancelled.prototype.id = 0;

            /**
             * Encodes the specified BrickCancelled message. Does not implicitly {@link eyepiece.viewer.BrickCancelled.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BrickCancelled
             * @static
             * @param {eyepiece.viewer.BrickCancelled.$Properties} message BrickCancelled message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrickCancelled.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BrickCancelled message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BrickCancelled
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickCancelled & eyepiece.viewer.BrickCancelled.$Shape} BrickCancelled
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrickCancelled.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BrickCancelled();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BrickCancelled
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BrickCancelled
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BrickCancelled.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BrickCancelled";
            };

            return BrickCancelled;
        })();

        viewer.BricksSync = (function() {

            /**
             * Properties of a BricksSync.
             * @typedef {Object} eyepiece.viewer.BricksSync.$Properties
             * @property {number|null} [id] BricksSync id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BricksSync.
             * @memberof eyepiece.viewer
             * @interface IBricksSync
             * @augments eyepiece.viewer.BricksSync.$Properties
             * @deprecated Use eyepiece.viewer.BricksSync.$Properties instead.
             */

            /**
             * Shape of a BricksSync.
             * @typedef {eyepiece.viewer.BricksSync.$Properties} eyepiece.viewer.BricksSync.$Shape
             */

            /**
             * Constructs a new BricksSync.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BricksSync.
             * @constructor
             * @param {eyepiece.viewer.BricksSync.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BricksSync = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BricksSync id.
             * @member {number} id
             * @memberof eyepiece.viewer.BricksSync
             * @instance
             */
            BricksSync.prototype.id = 0;

            /**
             * Encodes the specified BricksSync message. Does not implicitly {@link eyepiece.viewer.BricksSync.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BricksSync
             * @static
             * @param {eyepiece.viewer.BricksSync.$Properties} message BricksSync message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BricksSync.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BricksSync message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BricksSync
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BricksSync & eyepiece.viewer.BricksSync.$Shape} BricksSync
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BricksSync.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BricksSync();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BricksSync
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BricksSync
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BricksSync.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BricksSync";
            };

            return BricksSync;
        })();

        viewer.BrickEvent = (function() {

            /**
             * Properties of a BrickEvent.
             * @typedef {Object} eyepiece.viewer.BrickEvent.$Properties
             * @property {eyepiece.viewer.BricksReady.$Properties|null} [ready] BrickEvent ready
             * @property {eyepiece.viewer.DataFound.$Properties|null} [data] BrickEvent data
             * @property {eyepiece.viewer.BrickFound.$Properties|null} [brick] BrickEvent brick
             * @property {eyepiece.viewer.BrickFailed.$Properties|null} [failed] BrickEvent failed
             * @property {eyepiece.viewer.BricksChanged.$Properties|null} [changed] BrickEvent changed
             * @property {eyepiece.viewer.BricksSync.$Properties|null} [sync] BrickEvent sync
             * @property {eyepiece.viewer.DataAsked.$Properties|null} [stale] BrickEvent stale
             * @property {"ready"|"data"|"brick"|"failed"|"changed"|"sync"|"stale"} [what] BrickEvent what
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BrickEvent.
             * @memberof eyepiece.viewer
             * @interface IBrickEvent
             * @augments eyepiece.viewer.BrickEvent.$Properties
             * @deprecated Use eyepiece.viewer.BrickEvent.$Properties instead.
             */

            /**
             * Narrowed shape of a BrickEvent.
             * @typedef {{
             *   ready?: eyepiece.viewer.BricksReady.$Shape|null;
             *   data?: eyepiece.viewer.DataFound.$Shape|null;
             *   brick?: eyepiece.viewer.BrickFound.$Shape|null;
             *   failed?: eyepiece.viewer.BrickFailed.$Shape|null;
             *   changed?: eyepiece.viewer.BricksChanged.$Shape|null;
             *   sync?: eyepiece.viewer.BricksSync.$Shape|null;
             *   stale?: eyepiece.viewer.DataAsked.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ what?: undefined; ready?: null; data?: null; brick?: null; failed?: null; changed?: null; sync?: null; stale?: null }|{ what?: "ready"; ready: eyepiece.viewer.BricksReady.$Shape; data?: null; brick?: null; failed?: null; changed?: null; sync?: null; stale?: null }|{ what?: "data"; ready?: null; data: eyepiece.viewer.DataFound.$Shape; brick?: null; failed?: null; changed?: null; sync?: null; stale?: null }|{ what?: "brick"; ready?: null; data?: null; brick: eyepiece.viewer.BrickFound.$Shape; failed?: null; changed?: null; sync?: null; stale?: null }|{ what?: "failed"; ready?: null; data?: null; brick?: null; failed: eyepiece.viewer.BrickFailed.$Shape; changed?: null; sync?: null; stale?: null }|{ what?: "changed"; ready?: null; data?: null; brick?: null; failed?: null; changed: eyepiece.viewer.BricksChanged.$Shape; sync?: null; stale?: null }|{ what?: "sync"; ready?: null; data?: null; brick?: null; failed?: null; changed?: null; sync: eyepiece.viewer.BricksSync.$Shape; stale?: null }|{ what?: "stale"; ready?: null; data?: null; brick?: null; failed?: null; changed?: null; sync?: null; stale: eyepiece.viewer.DataAsked.$Shape })
             * )} eyepiece.viewer.BrickEvent.$Shape
             */

            /**
             * Constructs a new BrickEvent.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BrickEvent.
             * @constructor
             * @param {eyepiece.viewer.BrickEvent.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BrickEvent = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BrickEvent ready.
             * @member {eyepiece.viewer.BricksReady.$Properties|null|undefined} ready
             * @memberof eyepiece.viewer.BrickEvent
             * @instance
             */
            BrickEvent.prototype.ready = null;

            /**
             * BrickEvent data.
             * @member {eyepiece.viewer.DataFound.$Properties|null|undefined} data
             * @memberof eyepiece.viewer.BrickEvent
             * @instance
             */
            BrickEvent.prototype.data = null;

            /**
             * BrickEvent brick.
             * @member {eyepiece.viewer.BrickFound.$Properties|null|undefined} brick
             * @memberof eyepiece.viewer.BrickEvent
             * @instance
             */
            BrickEvent.prototype.brick = null;

            /**
             * BrickEvent failed.
             * @member {eyepiece.viewer.BrickFailed.$Properties|null|undefined} failed
             * @memberof eyepiece.viewer.BrickEvent
             * @instance
             */
            BrickEvent.prototype.failed = null;

            /**
             * BrickEvent changed.
             * @member {eyepiece.viewer.BricksChanged.$Properties|null|undefined} changed
             * @memberof eyepiece.viewer.BrickEvent
             * @instance
             */
            BrickEvent.prototype.changed = null;

            /**
             * BrickEvent sync.
             * @member {eyepiece.viewer.BricksSync.$Properties|null|undefined} sync
             * @memberof eyepiece.viewer.BrickEvent
             * @instance
             */
            BrickEvent.prototype.sync = null;

            /**
             * BrickEvent stale.
             * @member {eyepiece.viewer.DataAsked.$Properties|null|undefined} stale
             * @memberof eyepiece.viewer.BrickEvent
             * @instance
             */
            BrickEvent.prototype.stale = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * BrickEvent what.
             * @member {"ready"|"data"|"brick"|"failed"|"changed"|"sync"|"stale"|undefined} what
             * @memberof eyepiece.viewer.BrickEvent
             * @instance
             */
            $Object.defineProperty(BrickEvent.prototype, "what", {
                get: $util.oneOfGetter($oneOfFields = ["ready", "data", "brick", "failed", "changed", "sync", "stale"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Encodes the specified BrickEvent message. Does not implicitly {@link eyepiece.viewer.BrickEvent.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BrickEvent
             * @static
             * @param {eyepiece.viewer.BrickEvent.$Properties} message BrickEvent message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrickEvent.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ready != null && $Object.hasOwnProperty.call(message, "ready"))
                    $root.eyepiece.viewer.BricksReady.encode(message.ready, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.data != null && $Object.hasOwnProperty.call(message, "data"))
                    $root.eyepiece.viewer.DataFound.encode(message.data, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.brick != null && $Object.hasOwnProperty.call(message, "brick"))
                    $root.eyepiece.viewer.BrickFound.encode(message.brick, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.failed != null && $Object.hasOwnProperty.call(message, "failed"))
                    $root.eyepiece.viewer.BrickFailed.encode(message.failed, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.changed != null && $Object.hasOwnProperty.call(message, "changed"))
                    $root.eyepiece.viewer.BricksChanged.encode(message.changed, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.sync != null && $Object.hasOwnProperty.call(message, "sync"))
                    $root.eyepiece.viewer.BricksSync.encode(message.sync, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.stale != null && $Object.hasOwnProperty.call(message, "stale"))
                    $root.eyepiece.viewer.DataAsked.encode(message.stale, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BrickEvent message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BrickEvent
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickEvent & eyepiece.viewer.BrickEvent.$Shape} BrickEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrickEvent.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BrickEvent();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.ready = $root.eyepiece.viewer.BricksReady.decode(reader, reader.size(), $undefined, _depth + 1, message.ready);
                            message.what = "ready";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.data = $root.eyepiece.viewer.DataFound.decode(reader, reader.size(), $undefined, _depth + 1, message.data);
                            message.what = "data";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.brick = $root.eyepiece.viewer.BrickFound.decode(reader, reader.size(), $undefined, _depth + 1, message.brick);
                            message.what = "brick";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.failed = $root.eyepiece.viewer.BrickFailed.decode(reader, reader.size(), $undefined, _depth + 1, message.failed);
                            message.what = "failed";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.changed = $root.eyepiece.viewer.BricksChanged.decode(reader, reader.size(), $undefined, _depth + 1, message.changed);
                            message.what = "changed";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.sync = $root.eyepiece.viewer.BricksSync.decode(reader, reader.size(), $undefined, _depth + 1, message.sync);
                            message.what = "sync";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.stale = $root.eyepiece.viewer.DataAsked.decode(reader, reader.size(), $undefined, _depth + 1, message.stale);
                            message.what = "stale";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BrickEvent
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BrickEvent
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BrickEvent.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BrickEvent";
            };

            return BrickEvent;
        })();

        viewer.BricksReady = (function() {

            /**
             * Properties of a BricksReady.
             * @typedef {Object} eyepiece.viewer.BricksReady.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BricksReady.
             * @memberof eyepiece.viewer
             * @interface IBricksReady
             * @augments eyepiece.viewer.BricksReady.$Properties
             * @deprecated Use eyepiece.viewer.BricksReady.$Properties instead.
             */

            /**
             * Shape of a BricksReady.
             * @typedef {eyepiece.viewer.BricksReady.$Properties} eyepiece.viewer.BricksReady.$Shape
             */

            /**
             * Constructs a new BricksReady.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BricksReady.
             * @constructor
             * @param {eyepiece.viewer.BricksReady.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BricksReady = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Encodes the specified BricksReady message. Does not implicitly {@link eyepiece.viewer.BricksReady.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BricksReady
             * @static
             * @param {eyepiece.viewer.BricksReady.$Properties} message BricksReady message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BricksReady.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BricksReady message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BricksReady
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BricksReady & eyepiece.viewer.BricksReady.$Shape} BricksReady
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BricksReady.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BricksReady();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BricksReady
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BricksReady
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BricksReady.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BricksReady";
            };

            return BricksReady;
        })();

        viewer.DataFound = (function() {

            /**
             * Properties of a DataFound.
             * @typedef {Object} eyepiece.viewer.DataFound.$Properties
             * @property {string|null} [source] DataFound source
             * @property {number|null} [version] DataFound version
             * @property {string|null} [arrayJson] DataFound arrayJson
             * @property {Uint8Array|null} [table] DataFound table
             * @property {string|null} [failure] DataFound failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DataFound.
             * @memberof eyepiece.viewer
             * @interface IDataFound
             * @augments eyepiece.viewer.DataFound.$Properties
             * @deprecated Use eyepiece.viewer.DataFound.$Properties instead.
             */

            /**
             * Shape of a DataFound.
             * @typedef {eyepiece.viewer.DataFound.$Properties} eyepiece.viewer.DataFound.$Shape
             */

            /**
             * Constructs a new DataFound.
             * @memberof eyepiece.viewer
             * @classdesc Represents a DataFound.
             * @constructor
             * @param {eyepiece.viewer.DataFound.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DataFound = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DataFound source.
             * @member {string} source
             * @memberof eyepiece.viewer.DataFound
             * @instance
             */
            DataFound.prototype.source = "";

            /**
             * DataFound version.
             * @member {number} version
             * @memberof eyepiece.viewer.DataFound
             * @instance
             */
            DataFound.prototype.version = 0;

            /**
             * DataFound arrayJson.
             * @member {string} arrayJson
             * @memberof eyepiece.viewer.DataFound
             * @instance
             */
            DataFound.prototype.arrayJson = "";

            /**
             * DataFound table.
             * @member {Uint8Array} table
             * @memberof eyepiece.viewer.DataFound
             * @instance
             */
            DataFound.prototype.table = $util.newBuffer([]);

            /**
             * DataFound failure.
             * @member {string} failure
             * @memberof eyepiece.viewer.DataFound
             * @instance
             */
            DataFound.prototype.failure = "";

            /**
             * Encodes the specified DataFound message. Does not implicitly {@link eyepiece.viewer.DataFound.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.DataFound
             * @static
             * @param {eyepiece.viewer.DataFound.$Properties} message DataFound message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DataFound.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.source);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.version);
                if (message.arrayJson != null && $Object.hasOwnProperty.call(message, "arrayJson") && message.arrayJson !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.arrayJson);
                if (message.table != null && $Object.hasOwnProperty.call(message, "table") && message.table.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.table);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure") && message.failure !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.failure);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DataFound message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.DataFound
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.DataFound & eyepiece.viewer.DataFound.$Shape} DataFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DataFound.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.DataFound();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.arrayJson = value;
                            else
                                delete message.arrayJson;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.table = value;
                            else
                                delete message.table;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.failure = value;
                            else
                                delete message.failure;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DataFound
             * @function getTypeUrl
             * @memberof eyepiece.viewer.DataFound
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DataFound.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.DataFound";
            };

            return DataFound;
        })();

        viewer.BrickFound = (function() {

            /**
             * Properties of a BrickFound.
             * @typedef {Object} eyepiece.viewer.BrickFound.$Properties
             * @property {number|null} [id] BrickFound id
             * @property {Uint8Array|null} [brick] BrickFound brick
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BrickFound.
             * @memberof eyepiece.viewer
             * @interface IBrickFound
             * @augments eyepiece.viewer.BrickFound.$Properties
             * @deprecated Use eyepiece.viewer.BrickFound.$Properties instead.
             */

            /**
             * Shape of a BrickFound.
             * @typedef {eyepiece.viewer.BrickFound.$Properties} eyepiece.viewer.BrickFound.$Shape
             */

            /**
             * Constructs a new BrickFound.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BrickFound.
             * @constructor
             * @param {eyepiece.viewer.BrickFound.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BrickFound = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BrickFound id.
             * @member {number} id
             * @memberof eyepiece.viewer.BrickFound
             * @instance
             */
            BrickFound.prototype.id = 0;

            /**
             * BrickFound brick.
             * @member {Uint8Array} brick
             * @memberof eyepiece.viewer.BrickFound
             * @instance
             */
            BrickFound.prototype.brick = $util.newBuffer([]);

            /**
             * Encodes the specified BrickFound message. Does not implicitly {@link eyepiece.viewer.BrickFound.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BrickFound
             * @static
             * @param {eyepiece.viewer.BrickFound.$Properties} message BrickFound message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrickFound.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.brick != null && $Object.hasOwnProperty.call(message, "brick") && message.brick.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.brick);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BrickFound message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BrickFound
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickFound & eyepiece.viewer.BrickFound.$Shape} BrickFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrickFound.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BrickFound();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.brick = value;
                            else
                                delete message.brick;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BrickFound
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BrickFound
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BrickFound.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BrickFound";
            };

            return BrickFound;
        })();

        viewer.BrickFailed = (function() {

            /**
             * Properties of a BrickFailed.
             * @typedef {Object} eyepiece.viewer.BrickFailed.$Properties
             * @property {number|null} [id] BrickFailed id
             * @property {string|null} [code] BrickFailed code
             * @property {string|null} [message] BrickFailed message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BrickFailed.
             * @memberof eyepiece.viewer
             * @interface IBrickFailed
             * @augments eyepiece.viewer.BrickFailed.$Properties
             * @deprecated Use eyepiece.viewer.BrickFailed.$Properties instead.
             */

            /**
             * Shape of a BrickFailed.
             * @typedef {eyepiece.viewer.BrickFailed.$Properties} eyepiece.viewer.BrickFailed.$Shape
             */

            /**
             * Constructs a new BrickFailed.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BrickFailed.
             * @constructor
             * @param {eyepiece.viewer.BrickFailed.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BrickFailed = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BrickFailed id.
             * @member {number} id
             * @memberof eyepiece.viewer.BrickFailed
             * @instance
             */
            BrickFailed.prototype.id = 0;

            /**
             * BrickFailed code.
             * @member {string} code
             * @memberof eyepiece.viewer.BrickFailed
             * @instance
             */
            BrickFailed.prototype.code = "";

            /**
             * BrickFailed message.
             * @member {string} message
             * @memberof eyepiece.viewer.BrickFailed
             * @instance
             */
            BrickFailed.prototype.message = "";

            /**
             * Encodes the specified BrickFailed message. Does not implicitly {@link eyepiece.viewer.BrickFailed.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BrickFailed
             * @static
             * @param {eyepiece.viewer.BrickFailed.$Properties} message BrickFailed message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrickFailed.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BrickFailed message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BrickFailed
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickFailed & eyepiece.viewer.BrickFailed.$Shape} BrickFailed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrickFailed.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BrickFailed();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BrickFailed
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BrickFailed
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BrickFailed.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BrickFailed";
            };

            return BrickFailed;
        })();

        viewer.BricksChanged = (function() {

            /**
             * Properties of a BricksChanged.
             * @typedef {Object} eyepiece.viewer.BricksChanged.$Properties
             * @property {string|null} [source] BricksChanged source
             * @property {Array.<eyepiece.viewer.BrickPlace.$Properties>|null} [bricks] BricksChanged bricks
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BricksChanged.
             * @memberof eyepiece.viewer
             * @interface IBricksChanged
             * @augments eyepiece.viewer.BricksChanged.$Properties
             * @deprecated Use eyepiece.viewer.BricksChanged.$Properties instead.
             */

            /**
             * Shape of a BricksChanged.
             * @typedef {eyepiece.viewer.BricksChanged.$Properties} eyepiece.viewer.BricksChanged.$Shape
             */

            /**
             * Constructs a new BricksChanged.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BricksChanged.
             * @constructor
             * @param {eyepiece.viewer.BricksChanged.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BricksChanged = function (properties) {
                this.bricks = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BricksChanged source.
             * @member {string} source
             * @memberof eyepiece.viewer.BricksChanged
             * @instance
             */
            BricksChanged.prototype.source = "";

            /**
             * BricksChanged bricks.
             * @member {Array.<eyepiece.viewer.BrickPlace.$Properties>} bricks
             * @memberof eyepiece.viewer.BricksChanged
             * @instance
             */
            BricksChanged.prototype.bricks = $util.emptyArray;

            /**
             * Encodes the specified BricksChanged message. Does not implicitly {@link eyepiece.viewer.BricksChanged.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BricksChanged
             * @static
             * @param {eyepiece.viewer.BricksChanged.$Properties} message BricksChanged message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BricksChanged.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.source);
                if (message.bricks != null && message.bricks.length)
                    for (let i = 0; i < message.bricks.length; ++i)
                        $root.eyepiece.viewer.BrickPlace.encode(message.bricks[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BricksChanged message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BricksChanged
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BricksChanged & eyepiece.viewer.BricksChanged.$Shape} BricksChanged
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BricksChanged.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BricksChanged();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.bricks && message.bricks.length))
                                message.bricks = [];
                            message.bricks.push($root.eyepiece.viewer.BrickPlace.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BricksChanged
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BricksChanged
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BricksChanged.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BricksChanged";
            };

            return BricksChanged;
        })();

        viewer.BrickPlace = (function() {

            /**
             * Properties of a BrickPlace.
             * @typedef {Object} eyepiece.viewer.BrickPlace.$Properties
             * @property {number|null} [level] BrickPlace level
             * @property {Array.<number>|null} [index] BrickPlace index
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a BrickPlace.
             * @memberof eyepiece.viewer
             * @interface IBrickPlace
             * @augments eyepiece.viewer.BrickPlace.$Properties
             * @deprecated Use eyepiece.viewer.BrickPlace.$Properties instead.
             */

            /**
             * Shape of a BrickPlace.
             * @typedef {eyepiece.viewer.BrickPlace.$Properties} eyepiece.viewer.BrickPlace.$Shape
             */

            /**
             * Constructs a new BrickPlace.
             * @memberof eyepiece.viewer
             * @classdesc Represents a BrickPlace.
             * @constructor
             * @param {eyepiece.viewer.BrickPlace.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const BrickPlace = function (properties) {
                this.index = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * BrickPlace level.
             * @member {number} level
             * @memberof eyepiece.viewer.BrickPlace
             * @instance
             */
            BrickPlace.prototype.level = 0;

            /**
             * BrickPlace index.
             * @member {Array.<number>} index
             * @memberof eyepiece.viewer.BrickPlace
             * @instance
             */
            BrickPlace.prototype.index = $util.emptyArray;

            /**
             * Encodes the specified BrickPlace message. Does not implicitly {@link eyepiece.viewer.BrickPlace.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.viewer.BrickPlace
             * @static
             * @param {eyepiece.viewer.BrickPlace.$Properties} message BrickPlace message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            BrickPlace.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.level != null && $Object.hasOwnProperty.call(message, "level") && message.level !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.level);
                if (message.index != null && message.index.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.index);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a BrickPlace message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.viewer.BrickPlace
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickPlace & eyepiece.viewer.BrickPlace.$Shape} BrickPlace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            BrickPlace.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.viewer.BrickPlace();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.level = value;
                            else
                                delete message.level;
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.index && message.index.length))
                                    message.index = [];
                                reader.uint32s(message.index);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.index && message.index.length))
                                message.index = [];
                            message.index.push(reader.uint32());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for BrickPlace
             * @function getTypeUrl
             * @memberof eyepiece.viewer.BrickPlace
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            BrickPlace.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.viewer.BrickPlace";
            };

            return BrickPlace;
        })();

        return viewer;
    })();

    eyepiece.wire = (function() {

        /**
         * Namespace wire.
         * @memberof eyepiece
         * @namespace
         */
        const wire = {};

        wire.Hello = (function() {

            /**
             * Properties of a Hello.
             * @typedef {Object} eyepiece.wire.Hello.$Properties
             * @property {number|null} [protocolMin] Hello protocolMin
             * @property {number|null} [protocolMax] Hello protocolMax
             * @property {string|null} [version] Hello version
             * @property {string|null} [role] Hello role
             * @property {string|null} [name] Hello name
             * @property {Array.<string>|null} [features] Hello features
             * @property {eyepiece.wire.NodeFacts.$Properties|null} [node] Hello node
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Hello.
             * @memberof eyepiece.wire
             * @interface IHello
             * @augments eyepiece.wire.Hello.$Properties
             * @deprecated Use eyepiece.wire.Hello.$Properties instead.
             */

            /**
             * Shape of a Hello.
             * @typedef {eyepiece.wire.Hello.$Properties} eyepiece.wire.Hello.$Shape
             */

            /**
             * Constructs a new Hello.
             * @memberof eyepiece.wire
             * @classdesc Represents a Hello.
             * @constructor
             * @param {eyepiece.wire.Hello.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Hello = function (properties) {
                this.features = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Hello protocolMin.
             * @member {number} protocolMin
             * @memberof eyepiece.wire.Hello
             * @instance
             */
            Hello.prototype.protocolMin = 0;

            /**
             * Hello protocolMax.
             * @member {number} protocolMax
             * @memberof eyepiece.wire.Hello
             * @instance
             */
            Hello.prototype.protocolMax = 0;

            /**
             * Hello version.
             * @member {string} version
             * @memberof eyepiece.wire.Hello
             * @instance
             */
            Hello.prototype.version = "";

            /**
             * Hello role.
             * @member {string} role
             * @memberof eyepiece.wire.Hello
             * @instance
             */
            Hello.prototype.role = "";

            /**
             * Hello name.
             * @member {string} name
             * @memberof eyepiece.wire.Hello
             * @instance
             */
            Hello.prototype.name = "";

            /**
             * Hello features.
             * @member {Array.<string>} features
             * @memberof eyepiece.wire.Hello
             * @instance
             */
            Hello.prototype.features = $util.emptyArray;

            /**
             * Hello node.
             * @member {eyepiece.wire.NodeFacts.$Properties|null|undefined} node
             * @memberof eyepiece.wire.Hello
             * @instance
             */
            Hello.prototype.node = null;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link eyepiece.wire.Hello.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.wire.Hello
             * @static
             * @param {eyepiece.wire.Hello.$Properties} message Hello message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Hello.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.protocolMin != null && $Object.hasOwnProperty.call(message, "protocolMin") && message.protocolMin !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.protocolMin);
                if (message.protocolMax != null && $Object.hasOwnProperty.call(message, "protocolMax") && message.protocolMax !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.protocolMax);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.version);
                if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.role);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.name);
                if (message.features != null && message.features.length)
                    for (let i = 0; i < message.features.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.features[i]);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    $root.eyepiece.wire.NodeFacts.encode(message.node, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.wire.Hello
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.wire.Hello & eyepiece.wire.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Hello.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.wire.Hello();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolMin = value;
                            else
                                delete message.protocolMin;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.protocolMax = value;
                            else
                                delete message.protocolMax;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.role = value;
                            else
                                delete message.role;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.features && message.features.length))
                                message.features = [];
                            message.features.push(reader.stringVerify());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.node = $root.eyepiece.wire.NodeFacts.decode(reader, reader.size(), $undefined, _depth + 1, message.node);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Hello
             * @function getTypeUrl
             * @memberof eyepiece.wire.Hello
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Hello.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.wire.Hello";
            };

            return Hello;
        })();

        wire.NodeFacts = (function() {

            /**
             * Properties of a NodeFacts.
             * @typedef {Object} eyepiece.wire.NodeFacts.$Properties
             * @property {string|null} [adapter] NodeFacts adapter
             * @property {string|null} [adapterKind] NodeFacts adapterKind
             * @property {string|null} [encoder] NodeFacts encoder
             * @property {Array.<string>|null} [services] NodeFacts services
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeFacts.
             * @memberof eyepiece.wire
             * @interface INodeFacts
             * @augments eyepiece.wire.NodeFacts.$Properties
             * @deprecated Use eyepiece.wire.NodeFacts.$Properties instead.
             */

            /**
             * Shape of a NodeFacts.
             * @typedef {eyepiece.wire.NodeFacts.$Properties} eyepiece.wire.NodeFacts.$Shape
             */

            /**
             * Constructs a new NodeFacts.
             * @memberof eyepiece.wire
             * @classdesc Represents a NodeFacts.
             * @constructor
             * @param {eyepiece.wire.NodeFacts.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeFacts = function (properties) {
                this.services = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeFacts adapter.
             * @member {string} adapter
             * @memberof eyepiece.wire.NodeFacts
             * @instance
             */
            NodeFacts.prototype.adapter = "";

            /**
             * NodeFacts adapterKind.
             * @member {string} adapterKind
             * @memberof eyepiece.wire.NodeFacts
             * @instance
             */
            NodeFacts.prototype.adapterKind = "";

            /**
             * NodeFacts encoder.
             * @member {string} encoder
             * @memberof eyepiece.wire.NodeFacts
             * @instance
             */
            NodeFacts.prototype.encoder = "";

            /**
             * NodeFacts services.
             * @member {Array.<string>} services
             * @memberof eyepiece.wire.NodeFacts
             * @instance
             */
            NodeFacts.prototype.services = $util.emptyArray;

            /**
             * Encodes the specified NodeFacts message. Does not implicitly {@link eyepiece.wire.NodeFacts.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.wire.NodeFacts
             * @static
             * @param {eyepiece.wire.NodeFacts.$Properties} message NodeFacts message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeFacts.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.adapter != null && $Object.hasOwnProperty.call(message, "adapter") && message.adapter !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.adapter);
                if (message.adapterKind != null && $Object.hasOwnProperty.call(message, "adapterKind") && message.adapterKind !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.adapterKind);
                if (message.encoder != null && $Object.hasOwnProperty.call(message, "encoder") && message.encoder !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.encoder);
                if (message.services != null && message.services.length)
                    for (let i = 0; i < message.services.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.services[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeFacts message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.wire.NodeFacts
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.wire.NodeFacts & eyepiece.wire.NodeFacts.$Shape} NodeFacts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeFacts.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.wire.NodeFacts();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.adapter = value;
                            else
                                delete message.adapter;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.adapterKind = value;
                            else
                                delete message.adapterKind;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.encoder = value;
                            else
                                delete message.encoder;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.services && message.services.length))
                                message.services = [];
                            message.services.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for NodeFacts
             * @function getTypeUrl
             * @memberof eyepiece.wire.NodeFacts
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NodeFacts.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.wire.NodeFacts";
            };

            return NodeFacts;
        })();

        wire.Identity = (function() {

            /**
             * Properties of an Identity.
             * @typedef {Object} eyepiece.wire.Identity.$Properties
             * @property {string|null} [userId] Identity userId
             * @property {string|null} [name] Identity name
             * @property {string|null} [role] Identity role
             * @property {Array.<string>|null} [rights] Identity rights
             * @property {string|null} [scope] Identity scope
             * @property {string|null} [grantedBy] Identity grantedBy
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Identity.
             * @memberof eyepiece.wire
             * @interface IIdentity
             * @augments eyepiece.wire.Identity.$Properties
             * @deprecated Use eyepiece.wire.Identity.$Properties instead.
             */

            /**
             * Shape of an Identity.
             * @typedef {eyepiece.wire.Identity.$Properties} eyepiece.wire.Identity.$Shape
             */

            /**
             * Constructs a new Identity.
             * @memberof eyepiece.wire
             * @classdesc Represents an Identity.
             * @constructor
             * @param {eyepiece.wire.Identity.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Identity = function (properties) {
                this.rights = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Identity userId.
             * @member {string} userId
             * @memberof eyepiece.wire.Identity
             * @instance
             */
            Identity.prototype.userId = "";

            /**
             * Identity name.
             * @member {string} name
             * @memberof eyepiece.wire.Identity
             * @instance
             */
            Identity.prototype.name = "";

            /**
             * Identity role.
             * @member {string} role
             * @memberof eyepiece.wire.Identity
             * @instance
             */
            Identity.prototype.role = "";

            /**
             * Identity rights.
             * @member {Array.<string>} rights
             * @memberof eyepiece.wire.Identity
             * @instance
             */
            Identity.prototype.rights = $util.emptyArray;

            /**
             * Identity scope.
             * @member {string} scope
             * @memberof eyepiece.wire.Identity
             * @instance
             */
            Identity.prototype.scope = "";

            /**
             * Identity grantedBy.
             * @member {string} grantedBy
             * @memberof eyepiece.wire.Identity
             * @instance
             */
            Identity.prototype.grantedBy = "";

            /**
             * Encodes the specified Identity message. Does not implicitly {@link eyepiece.wire.Identity.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.wire.Identity
             * @static
             * @param {eyepiece.wire.Identity.$Properties} message Identity message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Identity.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.userId != null && $Object.hasOwnProperty.call(message, "userId") && message.userId !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.userId);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.name);
                if (message.role != null && $Object.hasOwnProperty.call(message, "role") && message.role !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.role);
                if (message.rights != null && message.rights.length)
                    for (let i = 0; i < message.rights.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.rights[i]);
                if (message.scope != null && $Object.hasOwnProperty.call(message, "scope") && message.scope !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.scope);
                if (message.grantedBy != null && $Object.hasOwnProperty.call(message, "grantedBy") && message.grantedBy !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.grantedBy);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Identity message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.wire.Identity
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.wire.Identity & eyepiece.wire.Identity.$Shape} Identity
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Identity.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.wire.Identity();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.userId = value;
                            else
                                delete message.userId;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.role = value;
                            else
                                delete message.role;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.rights && message.rights.length))
                                message.rights = [];
                            message.rights.push(reader.stringVerify());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.scope = value;
                            else
                                delete message.scope;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.grantedBy = value;
                            else
                                delete message.grantedBy;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Identity
             * @function getTypeUrl
             * @memberof eyepiece.wire.Identity
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Identity.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.wire.Identity";
            };

            return Identity;
        })();

        /**
         * Mode enum.
         * @name eyepiece.wire.Mode
         * @enum {number}
         * @property {number} RELIABLE=0 RELIABLE value
         * @property {number} PIXELS=1 PIXELS value
         * @property {number} TRANSIENT=2 TRANSIENT value
         */
        wire.Mode = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "RELIABLE"] = 0;
            values[valuesById[1] = "PIXELS"] = 1;
            values[valuesById[2] = "TRANSIENT"] = 2;
            return values;
        })();

        wire.Open = (function() {

            /**
             * Properties of an Open.
             * @typedef {Object} eyepiece.wire.Open.$Properties
             * @property {string|null} [service] Open service
             * @property {string|null} [node] Open node
             * @property {eyepiece.wire.Mode|null} [mode] Open mode
             * @property {Uint8Array|null} [key] Open key
             * @property {Uint8Array|null} [params] Open params
             * @property {eyepiece.wire.Identity.$Properties|null} [identity] Open identity
             * @property {number|null} [window] Open window
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Open.
             * @memberof eyepiece.wire
             * @interface IOpen
             * @augments eyepiece.wire.Open.$Properties
             * @deprecated Use eyepiece.wire.Open.$Properties instead.
             */

            /**
             * Shape of an Open.
             * @typedef {eyepiece.wire.Open.$Properties} eyepiece.wire.Open.$Shape
             */

            /**
             * Constructs a new Open.
             * @memberof eyepiece.wire
             * @classdesc Represents an Open.
             * @constructor
             * @param {eyepiece.wire.Open.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Open = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Open service.
             * @member {string} service
             * @memberof eyepiece.wire.Open
             * @instance
             */
            Open.prototype.service = "";

            /**
             * Open node.
             * @member {string} node
             * @memberof eyepiece.wire.Open
             * @instance
             */
            Open.prototype.node = "";

            /**
             * Open mode.
             * @member {eyepiece.wire.Mode} mode
             * @memberof eyepiece.wire.Open
             * @instance
             */
            Open.prototype.mode = 0;

            /**
             * Open key.
             * @member {Uint8Array} key
             * @memberof eyepiece.wire.Open
             * @instance
             */
            Open.prototype.key = $util.newBuffer([]);

            /**
             * Open params.
             * @member {Uint8Array} params
             * @memberof eyepiece.wire.Open
             * @instance
             */
            Open.prototype.params = $util.newBuffer([]);

            /**
             * Open identity.
             * @member {eyepiece.wire.Identity.$Properties|null|undefined} identity
             * @memberof eyepiece.wire.Open
             * @instance
             */
            Open.prototype.identity = null;

            /**
             * Open window.
             * @member {number} window
             * @memberof eyepiece.wire.Open
             * @instance
             */
            Open.prototype.window = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Open message. Does not implicitly {@link eyepiece.wire.Open.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.wire.Open
             * @static
             * @param {eyepiece.wire.Open.$Properties} message Open message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Open.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.service);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.node);
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).int32(message.mode);
                if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.key);
                if (message.params != null && $Object.hasOwnProperty.call(message, "params") && message.params.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.params);
                if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                    $root.eyepiece.wire.Identity.encode(message.identity, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.window != null && $Object.hasOwnProperty.call(message, "window") && (typeof message.window === "object" ? message.window.low || message.window.high : message.window !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.window);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Open message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.wire.Open
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.wire.Open & eyepiece.wire.Open.$Shape} Open
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Open.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.wire.Open();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.service = value;
                            else
                                delete message.service;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.mode = value;
                            else
                                delete message.mode;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.key = value;
                            else
                                delete message.key;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.params = value;
                            else
                                delete message.params;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.identity = $root.eyepiece.wire.Identity.decode(reader, reader.size(), $undefined, _depth + 1, message.identity);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.window = value;
                            else
                                delete message.window;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Open
             * @function getTypeUrl
             * @memberof eyepiece.wire.Open
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Open.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.wire.Open";
            };

            return Open;
        })();

        wire.Accept = (function() {

            /**
             * Properties of an Accept.
             * @typedef {Object} eyepiece.wire.Accept.$Properties
             * @property {number|null} [window] Accept window
             * @property {Uint8Array|null} [params] Accept params
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Accept.
             * @memberof eyepiece.wire
             * @interface IAccept
             * @augments eyepiece.wire.Accept.$Properties
             * @deprecated Use eyepiece.wire.Accept.$Properties instead.
             */

            /**
             * Shape of an Accept.
             * @typedef {eyepiece.wire.Accept.$Properties} eyepiece.wire.Accept.$Shape
             */

            /**
             * Constructs a new Accept.
             * @memberof eyepiece.wire
             * @classdesc Represents an Accept.
             * @constructor
             * @param {eyepiece.wire.Accept.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Accept = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Accept window.
             * @member {number} window
             * @memberof eyepiece.wire.Accept
             * @instance
             */
            Accept.prototype.window = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Accept params.
             * @member {Uint8Array} params
             * @memberof eyepiece.wire.Accept
             * @instance
             */
            Accept.prototype.params = $util.newBuffer([]);

            /**
             * Encodes the specified Accept message. Does not implicitly {@link eyepiece.wire.Accept.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.wire.Accept
             * @static
             * @param {eyepiece.wire.Accept.$Properties} message Accept message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Accept.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.window != null && $Object.hasOwnProperty.call(message, "window") && (typeof message.window === "object" ? message.window.low || message.window.high : message.window !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.window);
                if (message.params != null && $Object.hasOwnProperty.call(message, "params") && message.params.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.params);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Accept message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.wire.Accept
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.wire.Accept & eyepiece.wire.Accept.$Shape} Accept
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Accept.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.wire.Accept();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.window = value;
                            else
                                delete message.window;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.params = value;
                            else
                                delete message.params;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Accept
             * @function getTypeUrl
             * @memberof eyepiece.wire.Accept
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Accept.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.wire.Accept";
            };

            return Accept;
        })();

        wire.Reject = (function() {

            /**
             * Properties of a Reject.
             * @typedef {Object} eyepiece.wire.Reject.$Properties
             * @property {string|null} [code] Reject code
             * @property {string|null} [message] Reject message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Reject.
             * @memberof eyepiece.wire
             * @interface IReject
             * @augments eyepiece.wire.Reject.$Properties
             * @deprecated Use eyepiece.wire.Reject.$Properties instead.
             */

            /**
             * Shape of a Reject.
             * @typedef {eyepiece.wire.Reject.$Properties} eyepiece.wire.Reject.$Shape
             */

            /**
             * Constructs a new Reject.
             * @memberof eyepiece.wire
             * @classdesc Represents a Reject.
             * @constructor
             * @param {eyepiece.wire.Reject.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Reject = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Reject code.
             * @member {string} code
             * @memberof eyepiece.wire.Reject
             * @instance
             */
            Reject.prototype.code = "";

            /**
             * Reject message.
             * @member {string} message
             * @memberof eyepiece.wire.Reject
             * @instance
             */
            Reject.prototype.message = "";

            /**
             * Encodes the specified Reject message. Does not implicitly {@link eyepiece.wire.Reject.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.wire.Reject
             * @static
             * @param {eyepiece.wire.Reject.$Properties} message Reject message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Reject.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Reject message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.wire.Reject
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.wire.Reject & eyepiece.wire.Reject.$Shape} Reject
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Reject.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.wire.Reject();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Reject
             * @function getTypeUrl
             * @memberof eyepiece.wire.Reject
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Reject.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.wire.Reject";
            };

            return Reject;
        })();

        wire.Resume = (function() {

            /**
             * Properties of a Resume.
             * @typedef {Object} eyepiece.wire.Resume.$Properties
             * @property {Uint8Array|null} [key] Resume key
             * @property {number|null} [received] Resume received
             * @property {string|null} [service] Resume service
             * @property {string|null} [node] Resume node
             * @property {eyepiece.wire.Identity.$Properties|null} [identity] Resume identity
             * @property {Uint8Array|null} [params] Resume params
             * @property {number|null} [window] Resume window
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Resume.
             * @memberof eyepiece.wire
             * @interface IResume
             * @augments eyepiece.wire.Resume.$Properties
             * @deprecated Use eyepiece.wire.Resume.$Properties instead.
             */

            /**
             * Shape of a Resume.
             * @typedef {eyepiece.wire.Resume.$Properties} eyepiece.wire.Resume.$Shape
             */

            /**
             * Constructs a new Resume.
             * @memberof eyepiece.wire
             * @classdesc Represents a Resume.
             * @constructor
             * @param {eyepiece.wire.Resume.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Resume = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Resume key.
             * @member {Uint8Array} key
             * @memberof eyepiece.wire.Resume
             * @instance
             */
            Resume.prototype.key = $util.newBuffer([]);

            /**
             * Resume received.
             * @member {number} received
             * @memberof eyepiece.wire.Resume
             * @instance
             */
            Resume.prototype.received = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Resume service.
             * @member {string} service
             * @memberof eyepiece.wire.Resume
             * @instance
             */
            Resume.prototype.service = "";

            /**
             * Resume node.
             * @member {string} node
             * @memberof eyepiece.wire.Resume
             * @instance
             */
            Resume.prototype.node = "";

            /**
             * Resume identity.
             * @member {eyepiece.wire.Identity.$Properties|null|undefined} identity
             * @memberof eyepiece.wire.Resume
             * @instance
             */
            Resume.prototype.identity = null;

            /**
             * Resume params.
             * @member {Uint8Array} params
             * @memberof eyepiece.wire.Resume
             * @instance
             */
            Resume.prototype.params = $util.newBuffer([]);

            /**
             * Resume window.
             * @member {number} window
             * @memberof eyepiece.wire.Resume
             * @instance
             */
            Resume.prototype.window = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Encodes the specified Resume message. Does not implicitly {@link eyepiece.wire.Resume.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.wire.Resume
             * @static
             * @param {eyepiece.wire.Resume.$Properties} message Resume message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Resume.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key.length)
                    writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.key);
                if (message.received != null && $Object.hasOwnProperty.call(message, "received") && (typeof message.received === "object" ? message.received.low || message.received.high : message.received !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.received);
                if (message.service != null && $Object.hasOwnProperty.call(message, "service") && message.service !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.service);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.node);
                if (message.identity != null && $Object.hasOwnProperty.call(message, "identity"))
                    $root.eyepiece.wire.Identity.encode(message.identity, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.params != null && $Object.hasOwnProperty.call(message, "params") && message.params.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.params);
                if (message.window != null && $Object.hasOwnProperty.call(message, "window") && (typeof message.window === "object" ? message.window.low || message.window.high : message.window !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.window);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Resume message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.wire.Resume
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.wire.Resume & eyepiece.wire.Resume.$Shape} Resume
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Resume.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.wire.Resume();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.key = value;
                            else
                                delete message.key;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.received = value;
                            else
                                delete message.received;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.service = value;
                            else
                                delete message.service;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.identity = $root.eyepiece.wire.Identity.decode(reader, reader.size(), $undefined, _depth + 1, message.identity);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.params = value;
                            else
                                delete message.params;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.window = value;
                            else
                                delete message.window;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Resume
             * @function getTypeUrl
             * @memberof eyepiece.wire.Resume
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Resume.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.wire.Resume";
            };

            return Resume;
        })();

        wire.Close = (function() {

            /**
             * Properties of a Close.
             * @typedef {Object} eyepiece.wire.Close.$Properties
             * @property {string|null} [code] Close code
             * @property {string|null} [message] Close message
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Close.
             * @memberof eyepiece.wire
             * @interface IClose
             * @augments eyepiece.wire.Close.$Properties
             * @deprecated Use eyepiece.wire.Close.$Properties instead.
             */

            /**
             * Shape of a Close.
             * @typedef {eyepiece.wire.Close.$Properties} eyepiece.wire.Close.$Shape
             */

            /**
             * Constructs a new Close.
             * @memberof eyepiece.wire
             * @classdesc Represents a Close.
             * @constructor
             * @param {eyepiece.wire.Close.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Close = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Close code.
             * @member {string} code
             * @memberof eyepiece.wire.Close
             * @instance
             */
            Close.prototype.code = "";

            /**
             * Close message.
             * @member {string} message
             * @memberof eyepiece.wire.Close
             * @instance
             */
            Close.prototype.message = "";

            /**
             * Encodes the specified Close message. Does not implicitly {@link eyepiece.wire.Close.verify|verify} messages.
             * @function encode
             * @memberof eyepiece.wire.Close
             * @static
             * @param {eyepiece.wire.Close.$Properties} message Close message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Close.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Close message from the specified reader or buffer.
             * @function decode
             * @memberof eyepiece.wire.Close
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {eyepiece.wire.Close & eyepiece.wire.Close.$Shape} Close
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Close.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.eyepiece.wire.Close();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Close
             * @function getTypeUrl
             * @memberof eyepiece.wire.Close
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Close.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/eyepiece.wire.Close";
            };

            return Close;
        })();

        return wire;
    })();

    return eyepiece;
})();

export {
  $root as default
};
