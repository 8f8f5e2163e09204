import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace eyepiece. */
export namespace eyepiece {

    /** Namespace node. */
    namespace node {

        /**
         * Properties of a NodeRequest.
         * @deprecated Use eyepiece.node.NodeRequest.$Properties instead.
         */
        interface INodeRequest extends eyepiece.node.NodeRequest.$Properties {
        }

        /** Represents a NodeRequest. */
        class NodeRequest {

            /**
             * Constructs a new NodeRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.NodeRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeRequest id. */
            id: number;

            /** NodeRequest listSessions. */
            listSessions?: (eyepiece.node.ListSessions.$Properties|null);

            /** NodeRequest createSession. */
            createSession?: (eyepiece.node.CreateSession.$Properties|null);

            /** NodeRequest endSession. */
            endSession?: (eyepiece.node.EndSession.$Properties|null);

            /** NodeRequest listFolder. */
            listFolder?: (eyepiece.node.ListFolder.$Properties|null);

            /** NodeRequest describe. */
            describe?: (eyepiece.node.Describe.$Properties|null);

            /** NodeRequest readFile. */
            readFile?: (eyepiece.node.ReadFile.$Properties|null);

            /** NodeRequest what. */
            what?: ("listSessions"|"createSession"|"endSession"|"listFolder"|"describe"|"readFile");

            /**
             * Encodes the specified NodeRequest message. Does not implicitly {@link eyepiece.node.NodeRequest.verify|verify} messages.
             * @param message NodeRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.NodeRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.NodeRequest & eyepiece.node.NodeRequest.$Shape} NodeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.NodeRequest & eyepiece.node.NodeRequest.$Shape;

            /**
             * Gets the type url for NodeRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NodeRequest {

            /** Properties of a NodeRequest. */
            interface $Properties {

                /** NodeRequest id */
                id?: (number|null);

                /** NodeRequest listSessions */
                listSessions?: (eyepiece.node.ListSessions.$Properties|null);

                /** NodeRequest createSession */
                createSession?: (eyepiece.node.CreateSession.$Properties|null);

                /** NodeRequest endSession */
                endSession?: (eyepiece.node.EndSession.$Properties|null);

                /** NodeRequest listFolder */
                listFolder?: (eyepiece.node.ListFolder.$Properties|null);

                /** NodeRequest describe */
                describe?: (eyepiece.node.Describe.$Properties|null);

                /** NodeRequest readFile */
                readFile?: (eyepiece.node.ReadFile.$Properties|null);

                /** NodeRequest what */
                what?: ("listSessions"|"createSession"|"endSession"|"listFolder"|"describe"|"readFile");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a NodeRequest. */
            type $Shape = {
              id?: number|null;
              listSessions?: eyepiece.node.ListSessions.$Shape|null;
              createSession?: eyepiece.node.CreateSession.$Shape|null;
              endSession?: eyepiece.node.EndSession.$Shape|null;
              listFolder?: eyepiece.node.ListFolder.$Shape|null;
              describe?: eyepiece.node.Describe.$Shape|null;
              readFile?: eyepiece.node.ReadFile.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ what?: undefined; listSessions?: null; createSession?: null; endSession?: null; listFolder?: null; describe?: null; readFile?: null }|{ what?: "listSessions"; listSessions: eyepiece.node.ListSessions.$Shape; createSession?: null; endSession?: null; listFolder?: null; describe?: null; readFile?: null }|{ what?: "createSession"; listSessions?: null; createSession: eyepiece.node.CreateSession.$Shape; endSession?: null; listFolder?: null; describe?: null; readFile?: null }|{ what?: "endSession"; listSessions?: null; createSession?: null; endSession: eyepiece.node.EndSession.$Shape; listFolder?: null; describe?: null; readFile?: null }|{ what?: "listFolder"; listSessions?: null; createSession?: null; endSession?: null; listFolder: eyepiece.node.ListFolder.$Shape; describe?: null; readFile?: null }|{ what?: "describe"; listSessions?: null; createSession?: null; endSession?: null; listFolder?: null; describe: eyepiece.node.Describe.$Shape; readFile?: null }|{ what?: "readFile"; listSessions?: null; createSession?: null; endSession?: null; listFolder?: null; describe?: null; readFile: eyepiece.node.ReadFile.$Shape })
            );
        }

        /**
         * Properties of a ListSessions.
         * @deprecated Use eyepiece.node.ListSessions.$Properties instead.
         */
        interface IListSessions extends eyepiece.node.ListSessions.$Properties {
        }

        /** Represents a ListSessions. */
        class ListSessions {

            /**
             * Constructs a new ListSessions.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.ListSessions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified ListSessions message. Does not implicitly {@link eyepiece.node.ListSessions.verify|verify} messages.
             * @param message ListSessions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.ListSessions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListSessions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.ListSessions & eyepiece.node.ListSessions.$Shape} ListSessions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.ListSessions & eyepiece.node.ListSessions.$Shape;

            /**
             * Gets the type url for ListSessions
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ListSessions {

            /** Properties of a ListSessions. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListSessions. */
            type $Shape = eyepiece.node.ListSessions.$Properties;
        }

        /**
         * Properties of a CreateSession.
         * @deprecated Use eyepiece.node.CreateSession.$Properties instead.
         */
        interface ICreateSession extends eyepiece.node.CreateSession.$Properties {
        }

        /** Represents a CreateSession. */
        class CreateSession {

            /**
             * Constructs a new CreateSession.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.CreateSession.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreateSession title. */
            title: string;

            /** CreateSession open. */
            open: string[];

            /**
             * Encodes the specified CreateSession message. Does not implicitly {@link eyepiece.node.CreateSession.verify|verify} messages.
             * @param message CreateSession message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.CreateSession.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateSession message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.CreateSession & eyepiece.node.CreateSession.$Shape} CreateSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.CreateSession & eyepiece.node.CreateSession.$Shape;

            /**
             * Gets the type url for CreateSession
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace CreateSession {

            /** Properties of a CreateSession. */
            interface $Properties {

                /** CreateSession title */
                title?: (string|null);

                /** CreateSession open */
                open?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreateSession. */
            type $Shape = eyepiece.node.CreateSession.$Properties;
        }

        /**
         * Properties of an EndSession.
         * @deprecated Use eyepiece.node.EndSession.$Properties instead.
         */
        interface IEndSession extends eyepiece.node.EndSession.$Properties {
        }

        /** Represents an EndSession. */
        class EndSession {

            /**
             * Constructs a new EndSession.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.EndSession.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EndSession session. */
            session: string;

            /**
             * Encodes the specified EndSession message. Does not implicitly {@link eyepiece.node.EndSession.verify|verify} messages.
             * @param message EndSession message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.EndSession.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EndSession message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.EndSession & eyepiece.node.EndSession.$Shape} EndSession
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.EndSession & eyepiece.node.EndSession.$Shape;

            /**
             * Gets the type url for EndSession
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace EndSession {

            /** Properties of an EndSession. */
            interface $Properties {

                /** EndSession session */
                session?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EndSession. */
            type $Shape = eyepiece.node.EndSession.$Properties;
        }

        /**
         * Properties of a ListFolder.
         * @deprecated Use eyepiece.node.ListFolder.$Properties instead.
         */
        interface IListFolder extends eyepiece.node.ListFolder.$Properties {
        }

        /** Represents a ListFolder. */
        class ListFolder {

            /**
             * Constructs a new ListFolder.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.ListFolder.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListFolder path. */
            path: string;

            /**
             * Encodes the specified ListFolder message. Does not implicitly {@link eyepiece.node.ListFolder.verify|verify} messages.
             * @param message ListFolder message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.ListFolder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListFolder message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.ListFolder & eyepiece.node.ListFolder.$Shape} ListFolder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.ListFolder & eyepiece.node.ListFolder.$Shape;

            /**
             * Gets the type url for ListFolder
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ListFolder {

            /** Properties of a ListFolder. */
            interface $Properties {

                /** ListFolder path */
                path?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListFolder. */
            type $Shape = eyepiece.node.ListFolder.$Properties;
        }

        /**
         * Properties of a Describe.
         * @deprecated Use eyepiece.node.Describe.$Properties instead.
         */
        interface IDescribe extends eyepiece.node.Describe.$Properties {
        }

        /** Represents a Describe. */
        class Describe {

            /**
             * Constructs a new Describe.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.Describe.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Describe message. Does not implicitly {@link eyepiece.node.Describe.verify|verify} messages.
             * @param message Describe message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.Describe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Describe message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.Describe & eyepiece.node.Describe.$Shape} Describe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.Describe & eyepiece.node.Describe.$Shape;

            /**
             * Gets the type url for Describe
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Describe {

            /** Properties of a Describe. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Describe. */
            type $Shape = eyepiece.node.Describe.$Properties;
        }

        /**
         * Properties of a ReadFile.
         * @deprecated Use eyepiece.node.ReadFile.$Properties instead.
         */
        interface IReadFile extends eyepiece.node.ReadFile.$Properties {
        }

        /** Represents a ReadFile. */
        class ReadFile {

            /**
             * Constructs a new ReadFile.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.ReadFile.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReadFile path. */
            path: string;

            /**
             * Encodes the specified ReadFile message. Does not implicitly {@link eyepiece.node.ReadFile.verify|verify} messages.
             * @param message ReadFile message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.ReadFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReadFile message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.ReadFile & eyepiece.node.ReadFile.$Shape} ReadFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.ReadFile & eyepiece.node.ReadFile.$Shape;

            /**
             * Gets the type url for ReadFile
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ReadFile {

            /** Properties of a ReadFile. */
            interface $Properties {

                /** ReadFile path */
                path?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReadFile. */
            type $Shape = eyepiece.node.ReadFile.$Properties;
        }

        /**
         * Properties of a NodeReply.
         * @deprecated Use eyepiece.node.NodeReply.$Properties instead.
         */
        interface INodeReply extends eyepiece.node.NodeReply.$Properties {
        }

        /** Represents a NodeReply. */
        class NodeReply {

            /**
             * Constructs a new NodeReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.NodeReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeReply replyTo. */
            replyTo: number;

            /** NodeReply sessions. */
            sessions?: (eyepiece.node.Sessions.$Properties|null);

            /** NodeReply session. */
            session?: (eyepiece.node.SessionInfo.$Properties|null);

            /** NodeReply folder. */
            folder?: (eyepiece.node.Folder.$Properties|null);

            /** NodeReply facts. */
            facts?: (eyepiece.node.Facts.$Properties|null);

            /** NodeReply failure. */
            failure?: (eyepiece.node.NodeFailure.$Properties|null);

            /** NodeReply file. */
            file?: (eyepiece.node.FileContent.$Properties|null);

            /** NodeReply what. */
            what?: ("sessions"|"session"|"folder"|"facts"|"failure"|"file");

            /**
             * Encodes the specified NodeReply message. Does not implicitly {@link eyepiece.node.NodeReply.verify|verify} messages.
             * @param message NodeReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.NodeReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.NodeReply & eyepiece.node.NodeReply.$Shape} NodeReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.NodeReply & eyepiece.node.NodeReply.$Shape;

            /**
             * Gets the type url for NodeReply
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NodeReply {

            /** Properties of a NodeReply. */
            interface $Properties {

                /** NodeReply replyTo */
                replyTo?: (number|null);

                /** NodeReply sessions */
                sessions?: (eyepiece.node.Sessions.$Properties|null);

                /** NodeReply session */
                session?: (eyepiece.node.SessionInfo.$Properties|null);

                /** NodeReply folder */
                folder?: (eyepiece.node.Folder.$Properties|null);

                /** NodeReply facts */
                facts?: (eyepiece.node.Facts.$Properties|null);

                /** NodeReply failure */
                failure?: (eyepiece.node.NodeFailure.$Properties|null);

                /** NodeReply file */
                file?: (eyepiece.node.FileContent.$Properties|null);

                /** NodeReply what */
                what?: ("sessions"|"session"|"folder"|"facts"|"failure"|"file");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a NodeReply. */
            type $Shape = {
              replyTo?: number|null;
              sessions?: eyepiece.node.Sessions.$Shape|null;
              session?: eyepiece.node.SessionInfo.$Shape|null;
              folder?: eyepiece.node.Folder.$Shape|null;
              facts?: eyepiece.node.Facts.$Shape|null;
              failure?: eyepiece.node.NodeFailure.$Shape|null;
              file?: eyepiece.node.FileContent.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ what?: undefined; sessions?: null; session?: null; folder?: null; facts?: null; failure?: null; file?: null }|{ what?: "sessions"; sessions: eyepiece.node.Sessions.$Shape; session?: null; folder?: null; facts?: null; failure?: null; file?: null }|{ what?: "session"; sessions?: null; session: eyepiece.node.SessionInfo.$Shape; folder?: null; facts?: null; failure?: null; file?: null }|{ what?: "folder"; sessions?: null; session?: null; folder: eyepiece.node.Folder.$Shape; facts?: null; failure?: null; file?: null }|{ what?: "facts"; sessions?: null; session?: null; folder?: null; facts: eyepiece.node.Facts.$Shape; failure?: null; file?: null }|{ what?: "failure"; sessions?: null; session?: null; folder?: null; facts?: null; failure: eyepiece.node.NodeFailure.$Shape; file?: null }|{ what?: "file"; sessions?: null; session?: null; folder?: null; facts?: null; failure?: null; file: eyepiece.node.FileContent.$Shape })
            );
        }

        /**
         * Properties of a Sessions.
         * @deprecated Use eyepiece.node.Sessions.$Properties instead.
         */
        interface ISessions extends eyepiece.node.Sessions.$Properties {
        }

        /** Represents a Sessions. */
        class Sessions {

            /**
             * Constructs a new Sessions.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.Sessions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Sessions sessions. */
            sessions: eyepiece.node.SessionInfo.$Properties[];

            /**
             * Encodes the specified Sessions message. Does not implicitly {@link eyepiece.node.Sessions.verify|verify} messages.
             * @param message Sessions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.Sessions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Sessions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.Sessions & eyepiece.node.Sessions.$Shape} Sessions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.Sessions & eyepiece.node.Sessions.$Shape;

            /**
             * Gets the type url for Sessions
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Sessions {

            /** Properties of a Sessions. */
            interface $Properties {

                /** Sessions sessions */
                sessions?: (eyepiece.node.SessionInfo.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Sessions. */
            type $Shape = eyepiece.node.Sessions.$Properties;
        }

        /**
         * Properties of a SessionInfo.
         * @deprecated Use eyepiece.node.SessionInfo.$Properties instead.
         */
        interface ISessionInfo extends eyepiece.node.SessionInfo.$Properties {
        }

        /** Represents a SessionInfo. */
        class SessionInfo {

            /**
             * Constructs a new SessionInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.SessionInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SessionInfo session. */
            session: string;

            /** SessionInfo title. */
            title: string;

            /** SessionInfo state. */
            state: string;

            /** SessionInfo views. */
            views: number;

            /** SessionInfo modifiedMs. */
            modifiedMs: number;

            /** SessionInfo layers. */
            layers: string[];

            /**
             * Encodes the specified SessionInfo message. Does not implicitly {@link eyepiece.node.SessionInfo.verify|verify} messages.
             * @param message SessionInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.SessionInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SessionInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.SessionInfo & eyepiece.node.SessionInfo.$Shape} SessionInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.SessionInfo & eyepiece.node.SessionInfo.$Shape;

            /**
             * Gets the type url for SessionInfo
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SessionInfo {

            /** Properties of a SessionInfo. */
            interface $Properties {

                /** SessionInfo session */
                session?: (string|null);

                /** SessionInfo title */
                title?: (string|null);

                /** SessionInfo state */
                state?: (string|null);

                /** SessionInfo views */
                views?: (number|null);

                /** SessionInfo modifiedMs */
                modifiedMs?: (number|null);

                /** SessionInfo layers */
                layers?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SessionInfo. */
            type $Shape = eyepiece.node.SessionInfo.$Properties;
        }

        /**
         * Properties of a FileContent.
         * @deprecated Use eyepiece.node.FileContent.$Properties instead.
         */
        interface IFileContent extends eyepiece.node.FileContent.$Properties {
        }

        /** Represents a FileContent. */
        class FileContent {

            /**
             * Constructs a new FileContent.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.FileContent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FileContent name. */
            name: string;

            /** FileContent data. */
            data: Uint8Array;

            /**
             * Encodes the specified FileContent message. Does not implicitly {@link eyepiece.node.FileContent.verify|verify} messages.
             * @param message FileContent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.FileContent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FileContent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.FileContent & eyepiece.node.FileContent.$Shape} FileContent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.FileContent & eyepiece.node.FileContent.$Shape;

            /**
             * Gets the type url for FileContent
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace FileContent {

            /** Properties of a FileContent. */
            interface $Properties {

                /** FileContent name */
                name?: (string|null);

                /** FileContent data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FileContent. */
            type $Shape = eyepiece.node.FileContent.$Properties;
        }

        /**
         * Properties of a Folder.
         * @deprecated Use eyepiece.node.Folder.$Properties instead.
         */
        interface IFolder extends eyepiece.node.Folder.$Properties {
        }

        /** Represents a Folder. */
        class Folder {

            /**
             * Constructs a new Folder.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.Folder.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Folder path. */
            path: string;

            /** Folder parent. */
            parent: string;

            /** Folder entries. */
            entries: eyepiece.node.Entry.$Properties[];

            /**
             * Encodes the specified Folder message. Does not implicitly {@link eyepiece.node.Folder.verify|verify} messages.
             * @param message Folder message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.Folder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Folder message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.Folder & eyepiece.node.Folder.$Shape} Folder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.Folder & eyepiece.node.Folder.$Shape;

            /**
             * Gets the type url for Folder
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Folder {

            /** Properties of a Folder. */
            interface $Properties {

                /** Folder path */
                path?: (string|null);

                /** Folder parent */
                parent?: (string|null);

                /** Folder entries */
                entries?: (eyepiece.node.Entry.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Folder. */
            type $Shape = eyepiece.node.Folder.$Properties;
        }

        /**
         * Properties of an Entry.
         * @deprecated Use eyepiece.node.Entry.$Properties instead.
         */
        interface IEntry extends eyepiece.node.Entry.$Properties {
        }

        /** Represents an Entry. */
        class Entry {

            /**
             * Constructs a new Entry.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.Entry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Entry name. */
            name: string;

            /** Entry path. */
            path: string;

            /** Entry folder. */
            folder: boolean;

            /** Entry size. */
            size: number;

            /** Entry modifiedMs. */
            modifiedMs: number;

            /** Entry opens. */
            opens: boolean;

            /**
             * Encodes the specified Entry message. Does not implicitly {@link eyepiece.node.Entry.verify|verify} messages.
             * @param message Entry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.Entry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Entry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.Entry & eyepiece.node.Entry.$Shape} Entry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.Entry & eyepiece.node.Entry.$Shape;

            /**
             * Gets the type url for Entry
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Entry {

            /** Properties of an Entry. */
            interface $Properties {

                /** Entry name */
                name?: (string|null);

                /** Entry path */
                path?: (string|null);

                /** Entry folder */
                folder?: (boolean|null);

                /** Entry size */
                size?: (number|null);

                /** Entry modifiedMs */
                modifiedMs?: (number|null);

                /** Entry opens */
                opens?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Entry. */
            type $Shape = eyepiece.node.Entry.$Properties;
        }

        /**
         * Properties of a Facts.
         * @deprecated Use eyepiece.node.Facts.$Properties instead.
         */
        interface IFacts extends eyepiece.node.Facts.$Properties {
        }

        /** Represents a Facts. */
        class Facts {

            /**
             * Constructs a new Facts.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.Facts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Facts name. */
            name: string;

            /** Facts adapter. */
            adapter: string;

            /** Facts adapterKind. */
            adapterKind: string;

            /** Facts encoder. */
            encoder: string;

            /** Facts version. */
            version: string;

            /** Facts ledgerJson. */
            ledgerJson: string;

            /** Facts samples. */
            samples: eyepiece.node.Sample.$Properties[];

            /**
             * Encodes the specified Facts message. Does not implicitly {@link eyepiece.node.Facts.verify|verify} messages.
             * @param message Facts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.Facts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Facts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.Facts & eyepiece.node.Facts.$Shape} Facts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.Facts & eyepiece.node.Facts.$Shape;

            /**
             * Gets the type url for Facts
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Facts {

            /** Properties of a Facts. */
            interface $Properties {

                /** Facts name */
                name?: (string|null);

                /** Facts adapter */
                adapter?: (string|null);

                /** Facts adapterKind */
                adapterKind?: (string|null);

                /** Facts encoder */
                encoder?: (string|null);

                /** Facts version */
                version?: (string|null);

                /** Facts ledgerJson */
                ledgerJson?: (string|null);

                /** Facts samples */
                samples?: (eyepiece.node.Sample.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Facts. */
            type $Shape = eyepiece.node.Facts.$Properties;
        }

        /**
         * Properties of a Sample.
         * @deprecated Use eyepiece.node.Sample.$Properties instead.
         */
        interface ISample extends eyepiece.node.Sample.$Properties {
        }

        /** Represents a Sample. */
        class Sample {

            /**
             * Constructs a new Sample.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.Sample.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Sample uri. */
            uri: string;

            /** Sample title. */
            title: string;

            /** Sample text. */
            text: string;

            /** Sample thumbnail. */
            thumbnail: string;

            /**
             * Encodes the specified Sample message. Does not implicitly {@link eyepiece.node.Sample.verify|verify} messages.
             * @param message Sample message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.Sample.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Sample message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.Sample & eyepiece.node.Sample.$Shape} Sample
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.Sample & eyepiece.node.Sample.$Shape;

            /**
             * Gets the type url for Sample
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Sample {

            /** Properties of a Sample. */
            interface $Properties {

                /** Sample uri */
                uri?: (string|null);

                /** Sample title */
                title?: (string|null);

                /** Sample text */
                text?: (string|null);

                /** Sample thumbnail */
                thumbnail?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Sample. */
            type $Shape = eyepiece.node.Sample.$Properties;
        }

        /**
         * Properties of a NodeFailure.
         * @deprecated Use eyepiece.node.NodeFailure.$Properties instead.
         */
        interface INodeFailure extends eyepiece.node.NodeFailure.$Properties {
        }

        /** Represents a NodeFailure. */
        class NodeFailure {

            /**
             * Constructs a new NodeFailure.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.NodeFailure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeFailure code. */
            code: string;

            /** NodeFailure message. */
            message: string;

            /**
             * Encodes the specified NodeFailure message. Does not implicitly {@link eyepiece.node.NodeFailure.verify|verify} messages.
             * @param message NodeFailure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.NodeFailure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeFailure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.NodeFailure & eyepiece.node.NodeFailure.$Shape} NodeFailure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.NodeFailure & eyepiece.node.NodeFailure.$Shape;

            /**
             * Gets the type url for NodeFailure
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NodeFailure {

            /** Properties of a NodeFailure. */
            interface $Properties {

                /** NodeFailure code */
                code?: (string|null);

                /** NodeFailure message */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeFailure. */
            type $Shape = eyepiece.node.NodeFailure.$Properties;
        }

        /**
         * Properties of an Upload.
         * @deprecated Use eyepiece.node.Upload.$Properties instead.
         */
        interface IUpload extends eyepiece.node.Upload.$Properties {
        }

        /** Represents an Upload. */
        class Upload {

            /**
             * Constructs a new Upload.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.Upload.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Upload name. */
            name: string;

            /** Upload size. */
            size: number;

            /**
             * Encodes the specified Upload message. Does not implicitly {@link eyepiece.node.Upload.verify|verify} messages.
             * @param message Upload message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.Upload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Upload message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.Upload & eyepiece.node.Upload.$Shape} Upload
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.Upload & eyepiece.node.Upload.$Shape;

            /**
             * Gets the type url for Upload
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Upload {

            /** Properties of an Upload. */
            interface $Properties {

                /** Upload name */
                name?: (string|null);

                /** Upload size */
                size?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Upload. */
            type $Shape = eyepiece.node.Upload.$Properties;
        }

        /**
         * Properties of an UploadDone.
         * @deprecated Use eyepiece.node.UploadDone.$Properties instead.
         */
        interface IUploadDone extends eyepiece.node.UploadDone.$Properties {
        }

        /** Represents an UploadDone. */
        class UploadDone {

            /**
             * Constructs a new UploadDone.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.UploadDone.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** UploadDone uri. */
            uri: string;

            /** UploadDone size. */
            size: number;

            /** UploadDone failure. */
            failure: string;

            /**
             * Encodes the specified UploadDone message. Does not implicitly {@link eyepiece.node.UploadDone.verify|verify} messages.
             * @param message UploadDone message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.UploadDone.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UploadDone message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.UploadDone & eyepiece.node.UploadDone.$Shape} UploadDone
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.UploadDone & eyepiece.node.UploadDone.$Shape;

            /**
             * Gets the type url for UploadDone
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace UploadDone {

            /** Properties of an UploadDone. */
            interface $Properties {

                /** UploadDone uri */
                uri?: (string|null);

                /** UploadDone size */
                size?: (number|null);

                /** UploadDone failure */
                failure?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an UploadDone. */
            type $Shape = eyepiece.node.UploadDone.$Properties;
        }

        /**
         * Properties of a HttpMessage.
         * @deprecated Use eyepiece.node.HttpMessage.$Properties instead.
         */
        interface IHttpMessage extends eyepiece.node.HttpMessage.$Properties {
        }

        /** Represents a HttpMessage. */
        class HttpMessage {

            /**
             * Constructs a new HttpMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.HttpMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HttpMessage request. */
            request?: (eyepiece.node.HttpRequest.$Properties|null);

            /** HttpMessage response. */
            response?: (eyepiece.node.HttpResponse.$Properties|null);

            /** HttpMessage body. */
            body?: (Uint8Array|null);

            /** HttpMessage end. */
            end?: (eyepiece.node.HttpEnd.$Properties|null);

            /** HttpMessage socket. */
            socket?: (eyepiece.node.SocketMessage.$Properties|null);

            /** HttpMessage what. */
            what?: ("request"|"response"|"body"|"end"|"socket");

            /**
             * Encodes the specified HttpMessage message. Does not implicitly {@link eyepiece.node.HttpMessage.verify|verify} messages.
             * @param message HttpMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.HttpMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HttpMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.HttpMessage & eyepiece.node.HttpMessage.$Shape} HttpMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.HttpMessage & eyepiece.node.HttpMessage.$Shape;

            /**
             * Gets the type url for HttpMessage
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HttpMessage {

            /** Properties of a HttpMessage. */
            interface $Properties {

                /** HttpMessage request */
                request?: (eyepiece.node.HttpRequest.$Properties|null);

                /** HttpMessage response */
                response?: (eyepiece.node.HttpResponse.$Properties|null);

                /** HttpMessage body */
                body?: (Uint8Array|null);

                /** HttpMessage end */
                end?: (eyepiece.node.HttpEnd.$Properties|null);

                /** HttpMessage socket */
                socket?: (eyepiece.node.SocketMessage.$Properties|null);

                /** HttpMessage what */
                what?: ("request"|"response"|"body"|"end"|"socket");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a HttpMessage. */
            type $Shape = {
              request?: eyepiece.node.HttpRequest.$Shape|null;
              response?: eyepiece.node.HttpResponse.$Shape|null;
              body?: Uint8Array|null;
              end?: eyepiece.node.HttpEnd.$Shape|null;
              socket?: eyepiece.node.SocketMessage.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ what?: undefined; request?: null; response?: null; body?: null; end?: null; socket?: null }|{ what?: "request"; request: eyepiece.node.HttpRequest.$Shape; response?: null; body?: null; end?: null; socket?: null }|{ what?: "response"; request?: null; response: eyepiece.node.HttpResponse.$Shape; body?: null; end?: null; socket?: null }|{ what?: "body"; request?: null; response?: null; body: Uint8Array; end?: null; socket?: null }|{ what?: "end"; request?: null; response?: null; body?: null; end: eyepiece.node.HttpEnd.$Shape; socket?: null }|{ what?: "socket"; request?: null; response?: null; body?: null; end?: null; socket: eyepiece.node.SocketMessage.$Shape })
            );
        }

        /**
         * Properties of a Header.
         * @deprecated Use eyepiece.node.Header.$Properties instead.
         */
        interface IHeader extends eyepiece.node.Header.$Properties {
        }

        /** Represents a Header. */
        class Header {

            /**
             * Constructs a new Header.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.Header.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Header name. */
            name: string;

            /** Header value. */
            value: string;

            /**
             * Encodes the specified Header message. Does not implicitly {@link eyepiece.node.Header.verify|verify} messages.
             * @param message Header message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.Header.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Header message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.Header & eyepiece.node.Header.$Shape} Header
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.Header & eyepiece.node.Header.$Shape;

            /**
             * Gets the type url for Header
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Header {

            /** Properties of a Header. */
            interface $Properties {

                /** Header name */
                name?: (string|null);

                /** Header value */
                value?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Header. */
            type $Shape = eyepiece.node.Header.$Properties;
        }

        /**
         * Properties of a HttpRequest.
         * @deprecated Use eyepiece.node.HttpRequest.$Properties instead.
         */
        interface IHttpRequest extends eyepiece.node.HttpRequest.$Properties {
        }

        /** Represents a HttpRequest. */
        class HttpRequest {

            /**
             * Constructs a new HttpRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.HttpRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HttpRequest method. */
            method: string;

            /** HttpRequest path. */
            path: string;

            /** HttpRequest headers. */
            headers: eyepiece.node.Header.$Properties[];

            /** HttpRequest upgrade. */
            upgrade: boolean;

            /** HttpRequest service. */
            service: string;

            /**
             * Encodes the specified HttpRequest message. Does not implicitly {@link eyepiece.node.HttpRequest.verify|verify} messages.
             * @param message HttpRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.HttpRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HttpRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.HttpRequest & eyepiece.node.HttpRequest.$Shape} HttpRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.HttpRequest & eyepiece.node.HttpRequest.$Shape;

            /**
             * Gets the type url for HttpRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HttpRequest {

            /** Properties of a HttpRequest. */
            interface $Properties {

                /** HttpRequest method */
                method?: (string|null);

                /** HttpRequest path */
                path?: (string|null);

                /** HttpRequest headers */
                headers?: (eyepiece.node.Header.$Properties[]|null);

                /** HttpRequest upgrade */
                upgrade?: (boolean|null);

                /** HttpRequest service */
                service?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HttpRequest. */
            type $Shape = eyepiece.node.HttpRequest.$Properties;
        }

        /**
         * Properties of a HttpResponse.
         * @deprecated Use eyepiece.node.HttpResponse.$Properties instead.
         */
        interface IHttpResponse extends eyepiece.node.HttpResponse.$Properties {
        }

        /** Represents a HttpResponse. */
        class HttpResponse {

            /**
             * Constructs a new HttpResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.HttpResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HttpResponse status. */
            status: number;

            /** HttpResponse headers. */
            headers: eyepiece.node.Header.$Properties[];

            /**
             * Encodes the specified HttpResponse message. Does not implicitly {@link eyepiece.node.HttpResponse.verify|verify} messages.
             * @param message HttpResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.HttpResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HttpResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.HttpResponse & eyepiece.node.HttpResponse.$Shape} HttpResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.HttpResponse & eyepiece.node.HttpResponse.$Shape;

            /**
             * Gets the type url for HttpResponse
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HttpResponse {

            /** Properties of a HttpResponse. */
            interface $Properties {

                /** HttpResponse status */
                status?: (number|null);

                /** HttpResponse headers */
                headers?: (eyepiece.node.Header.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HttpResponse. */
            type $Shape = eyepiece.node.HttpResponse.$Properties;
        }

        /**
         * Properties of a HttpEnd.
         * @deprecated Use eyepiece.node.HttpEnd.$Properties instead.
         */
        interface IHttpEnd extends eyepiece.node.HttpEnd.$Properties {
        }

        /** Represents a HttpEnd. */
        class HttpEnd {

            /**
             * Constructs a new HttpEnd.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.HttpEnd.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HttpEnd failure. */
            failure: string;

            /** HttpEnd closeCode. */
            closeCode: number;

            /**
             * Encodes the specified HttpEnd message. Does not implicitly {@link eyepiece.node.HttpEnd.verify|verify} messages.
             * @param message HttpEnd message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.HttpEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HttpEnd message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.HttpEnd & eyepiece.node.HttpEnd.$Shape} HttpEnd
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.HttpEnd & eyepiece.node.HttpEnd.$Shape;

            /**
             * Gets the type url for HttpEnd
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HttpEnd {

            /** Properties of a HttpEnd. */
            interface $Properties {

                /** HttpEnd failure */
                failure?: (string|null);

                /** HttpEnd closeCode */
                closeCode?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HttpEnd. */
            type $Shape = eyepiece.node.HttpEnd.$Properties;
        }

        /**
         * Properties of a SocketMessage.
         * @deprecated Use eyepiece.node.SocketMessage.$Properties instead.
         */
        interface ISocketMessage extends eyepiece.node.SocketMessage.$Properties {
        }

        /** Represents a SocketMessage. */
        class SocketMessage {

            /**
             * Constructs a new SocketMessage.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.node.SocketMessage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SocketMessage text. */
            text: boolean;

            /** SocketMessage data. */
            data: Uint8Array;

            /**
             * Encodes the specified SocketMessage message. Does not implicitly {@link eyepiece.node.SocketMessage.verify|verify} messages.
             * @param message SocketMessage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.node.SocketMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SocketMessage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.node.SocketMessage & eyepiece.node.SocketMessage.$Shape} SocketMessage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.node.SocketMessage & eyepiece.node.SocketMessage.$Shape;

            /**
             * Gets the type url for SocketMessage
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SocketMessage {

            /** Properties of a SocketMessage. */
            interface $Properties {

                /** SocketMessage text */
                text?: (boolean|null);

                /** SocketMessage data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SocketMessage. */
            type $Shape = eyepiece.node.SocketMessage.$Properties;
        }
    }

    /** Namespace viewer. */
    namespace viewer {

        /**
         * Properties of a ViewerParams.
         * @deprecated Use eyepiece.viewer.ViewerParams.$Properties instead.
         */
        interface IViewerParams extends eyepiece.viewer.ViewerParams.$Properties {
        }

        /** Represents a ViewerParams. */
        class ViewerParams {

            /**
             * Constructs a new ViewerParams.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ViewerParams.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ViewerParams session. */
            session: string;

            /** ViewerParams view. */
            view: string;

            /** ViewerParams notebook. */
            notebook: string;

            /**
             * Encodes the specified ViewerParams message. Does not implicitly {@link eyepiece.viewer.ViewerParams.verify|verify} messages.
             * @param message ViewerParams message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ViewerParams.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ViewerParams message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ViewerParams & eyepiece.viewer.ViewerParams.$Shape} ViewerParams
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ViewerParams & eyepiece.viewer.ViewerParams.$Shape;

            /**
             * Gets the type url for ViewerParams
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ViewerParams {

            /** Properties of a ViewerParams. */
            interface $Properties {

                /** ViewerParams session */
                session?: (string|null);

                /** ViewerParams view */
                view?: (string|null);

                /** ViewerParams notebook */
                notebook?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ViewerParams. */
            type $Shape = eyepiece.viewer.ViewerParams.$Properties;
        }

        /**
         * Properties of a Pose.
         * @deprecated Use eyepiece.viewer.Pose.$Properties instead.
         */
        interface IPose extends eyepiece.viewer.Pose.$Properties {
        }

        /** Represents a Pose. */
        class Pose {

            /**
             * Constructs a new Pose.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Pose.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Pose center. */
            center: number[];

            /** Pose zoom. */
            zoom: number;

            /** Pose angles. */
            angles: number[];

            /** Pose perspective. */
            perspective: number;

            /** Pose ndisplay. */
            ndisplay: number;

            /** Pose order. */
            order: number[];

            /** Pose point. */
            point: number[];

            /** Pose marginLeft. */
            marginLeft: number[];

            /** Pose marginRight. */
            marginRight: number[];

            /** Pose orientation. */
            orientation: string[];

            /** Pose width. */
            width: number;

            /** Pose height. */
            height: number;

            /** Pose pixelRatio. */
            pixelRatio: number;

            /**
             * Encodes the specified Pose message. Does not implicitly {@link eyepiece.viewer.Pose.verify|verify} messages.
             * @param message Pose message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Pose.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Pose message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Pose & eyepiece.viewer.Pose.$Shape} Pose
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Pose & eyepiece.viewer.Pose.$Shape;

            /**
             * Gets the type url for Pose
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Pose {

            /** Properties of a Pose. */
            interface $Properties {

                /** Pose center */
                center?: (number[]|null);

                /** Pose zoom */
                zoom?: (number|null);

                /** Pose angles */
                angles?: (number[]|null);

                /** Pose perspective */
                perspective?: (number|null);

                /** Pose ndisplay */
                ndisplay?: (number|null);

                /** Pose order */
                order?: (number[]|null);

                /** Pose point */
                point?: (number[]|null);

                /** Pose marginLeft */
                marginLeft?: (number[]|null);

                /** Pose marginRight */
                marginRight?: (number[]|null);

                /** Pose orientation */
                orientation?: (string[]|null);

                /** Pose width */
                width?: (number|null);

                /** Pose height */
                height?: (number|null);

                /** Pose pixelRatio */
                pixelRatio?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Pose. */
            type $Shape = eyepiece.viewer.Pose.$Properties;
        }

        /**
         * Properties of a ViewInput.
         * @deprecated Use eyepiece.viewer.ViewInput.$Properties instead.
         */
        interface IViewInput extends eyepiece.viewer.ViewInput.$Properties {
        }

        /** Represents a ViewInput. */
        class ViewInput {

            /**
             * Constructs a new ViewInput.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ViewInput.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ViewInput inputId. */
            inputId: number;

            /** ViewInput pose. */
            pose?: (eyepiece.viewer.Pose.$Properties|null);

            /** ViewInput moving. */
            moving: boolean;

            /** ViewInput visible. */
            visible: boolean;

            /** ViewInput gridJson. */
            gridJson: string;

            /** ViewInput chosen. */
            chosen: boolean;

            /** ViewInput recording. */
            recording: boolean;

            /** ViewInput here. */
            here: boolean;

            /** ViewInput overlaysJson. */
            overlaysJson: string;

            /** ViewInput selected. */
            selected: string;

            /**
             * Encodes the specified ViewInput message. Does not implicitly {@link eyepiece.viewer.ViewInput.verify|verify} messages.
             * @param message ViewInput message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ViewInput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ViewInput message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ViewInput & eyepiece.viewer.ViewInput.$Shape} ViewInput
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ViewInput & eyepiece.viewer.ViewInput.$Shape;

            /**
             * Gets the type url for ViewInput
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ViewInput {

            /** Properties of a ViewInput. */
            interface $Properties {

                /** ViewInput inputId */
                inputId?: (number|null);

                /** ViewInput pose */
                pose?: (eyepiece.viewer.Pose.$Properties|null);

                /** ViewInput moving */
                moving?: (boolean|null);

                /** ViewInput visible */
                visible?: (boolean|null);

                /** ViewInput gridJson */
                gridJson?: (string|null);

                /** ViewInput chosen */
                chosen?: (boolean|null);

                /** ViewInput recording */
                recording?: (boolean|null);

                /** ViewInput here */
                here?: (boolean|null);

                /** ViewInput overlaysJson */
                overlaysJson?: (string|null);

                /** ViewInput selected */
                selected?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ViewInput. */
            type $Shape = eyepiece.viewer.ViewInput.$Properties;
        }

        /**
         * Properties of a ViewerRequest.
         * @deprecated Use eyepiece.viewer.ViewerRequest.$Properties instead.
         */
        interface IViewerRequest extends eyepiece.viewer.ViewerRequest.$Properties {
        }

        /** Represents a ViewerRequest. */
        class ViewerRequest {

            /**
             * Constructs a new ViewerRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ViewerRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ViewerRequest id. */
            id: number;

            /** ViewerRequest input. */
            input?: (eyepiece.viewer.ViewInput.$Properties|null);

            /** ViewerRequest ops. */
            ops?: (eyepiece.viewer.SceneOps.$Properties|null);

            /** ViewerRequest undo. */
            undo?: (eyepiece.viewer.Undo.$Properties|null);

            /** ViewerRequest open. */
            open?: (eyepiece.viewer.OpenData.$Properties|null);

            /** ViewerRequest valueAt. */
            valueAt?: (eyepiece.viewer.ValueAt.$Properties|null);

            /** ViewerRequest histogram. */
            histogram?: (eyepiece.viewer.Histogram.$Properties|null);

            /** ViewerRequest screenshot. */
            screenshot?: (eyepiece.viewer.Screenshot.$Properties|null);

            /** ViewerRequest autoContrast. */
            autoContrast?: (eyepiece.viewer.AutoContrast.$Properties|null);

            /** ViewerRequest resetView. */
            resetView?: (eyepiece.viewer.ResetView.$Properties|null);

            /** ViewerRequest keyframe. */
            keyframe?: (eyepiece.viewer.Keyframe.$Properties|null);

            /** ViewerRequest clock. */
            clock?: (eyepiece.viewer.ClockProbe.$Properties|null);

            /** ViewerRequest table. */
            table?: (eyepiece.viewer.TableAsked.$Properties|null);

            /** ViewerRequest rows. */
            rows?: (eyepiece.viewer.RowsAsked.$Properties|null);

            /** ViewerRequest items. */
            items?: (eyepiece.viewer.ItemsAsked.$Properties|null);

            /** ViewerRequest action. */
            action?: (eyepiece.viewer.LayerAction.$Properties|null);

            /** ViewerRequest greatest. */
            greatest?: (eyepiece.viewer.GreatestLabel.$Properties|null);

            /** ViewerRequest thumbnail. */
            thumbnail?: (eyepiece.viewer.Thumbnail.$Properties|null);

            /** ViewerRequest presence. */
            presence?: (eyepiece.viewer.Presence.$Properties|null);

            /** ViewerRequest save. */
            save?: (eyepiece.viewer.SaveLayers.$Properties|null);

            /** ViewerRequest cancelSave. */
            cancelSave?: (eyepiece.viewer.CancelSave.$Properties|null);

            /** ViewerRequest takeSaved. */
            takeSaved?: (eyepiece.viewer.TakeSaved.$Properties|null);

            /** ViewerRequest dropSaved. */
            dropSaved?: (eyepiece.viewer.DropSaved.$Properties|null);

            /** ViewerRequest film. */
            film?: (eyepiece.viewer.FilmAsked.$Properties|null);

            /** ViewerRequest key. */
            key?: (eyepiece.viewer.KeyPressed.$Properties|null);

            /** ViewerRequest budget. */
            budget?: (eyepiece.viewer.Budget.$Properties|null);

            /** ViewerRequest what. */
            what?: ("input"|"ops"|"undo"|"open"|"valueAt"|"histogram"|"screenshot"|"autoContrast"|"resetView"|"keyframe"|"clock"|"table"|"rows"|"items"|"action"|"greatest"|"thumbnail"|"presence"|"save"|"cancelSave"|"takeSaved"|"dropSaved"|"film"|"key"|"budget");

            /**
             * Encodes the specified ViewerRequest message. Does not implicitly {@link eyepiece.viewer.ViewerRequest.verify|verify} messages.
             * @param message ViewerRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ViewerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ViewerRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ViewerRequest & eyepiece.viewer.ViewerRequest.$Shape} ViewerRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ViewerRequest & eyepiece.viewer.ViewerRequest.$Shape;

            /**
             * Gets the type url for ViewerRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ViewerRequest {

            /** Properties of a ViewerRequest. */
            interface $Properties {

                /** ViewerRequest id */
                id?: (number|null);

                /** ViewerRequest input */
                input?: (eyepiece.viewer.ViewInput.$Properties|null);

                /** ViewerRequest ops */
                ops?: (eyepiece.viewer.SceneOps.$Properties|null);

                /** ViewerRequest undo */
                undo?: (eyepiece.viewer.Undo.$Properties|null);

                /** ViewerRequest open */
                open?: (eyepiece.viewer.OpenData.$Properties|null);

                /** ViewerRequest valueAt */
                valueAt?: (eyepiece.viewer.ValueAt.$Properties|null);

                /** ViewerRequest histogram */
                histogram?: (eyepiece.viewer.Histogram.$Properties|null);

                /** ViewerRequest screenshot */
                screenshot?: (eyepiece.viewer.Screenshot.$Properties|null);

                /** ViewerRequest autoContrast */
                autoContrast?: (eyepiece.viewer.AutoContrast.$Properties|null);

                /** ViewerRequest resetView */
                resetView?: (eyepiece.viewer.ResetView.$Properties|null);

                /** ViewerRequest keyframe */
                keyframe?: (eyepiece.viewer.Keyframe.$Properties|null);

                /** ViewerRequest clock */
                clock?: (eyepiece.viewer.ClockProbe.$Properties|null);

                /** ViewerRequest table */
                table?: (eyepiece.viewer.TableAsked.$Properties|null);

                /** ViewerRequest rows */
                rows?: (eyepiece.viewer.RowsAsked.$Properties|null);

                /** ViewerRequest items */
                items?: (eyepiece.viewer.ItemsAsked.$Properties|null);

                /** ViewerRequest action */
                action?: (eyepiece.viewer.LayerAction.$Properties|null);

                /** ViewerRequest greatest */
                greatest?: (eyepiece.viewer.GreatestLabel.$Properties|null);

                /** ViewerRequest thumbnail */
                thumbnail?: (eyepiece.viewer.Thumbnail.$Properties|null);

                /** ViewerRequest presence */
                presence?: (eyepiece.viewer.Presence.$Properties|null);

                /** ViewerRequest save */
                save?: (eyepiece.viewer.SaveLayers.$Properties|null);

                /** ViewerRequest cancelSave */
                cancelSave?: (eyepiece.viewer.CancelSave.$Properties|null);

                /** ViewerRequest takeSaved */
                takeSaved?: (eyepiece.viewer.TakeSaved.$Properties|null);

                /** ViewerRequest dropSaved */
                dropSaved?: (eyepiece.viewer.DropSaved.$Properties|null);

                /** ViewerRequest film */
                film?: (eyepiece.viewer.FilmAsked.$Properties|null);

                /** ViewerRequest key */
                key?: (eyepiece.viewer.KeyPressed.$Properties|null);

                /** ViewerRequest budget */
                budget?: (eyepiece.viewer.Budget.$Properties|null);

                /** ViewerRequest what */
                what?: ("input"|"ops"|"undo"|"open"|"valueAt"|"histogram"|"screenshot"|"autoContrast"|"resetView"|"keyframe"|"clock"|"table"|"rows"|"items"|"action"|"greatest"|"thumbnail"|"presence"|"save"|"cancelSave"|"takeSaved"|"dropSaved"|"film"|"key"|"budget");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ViewerRequest. */
            type $Shape = {
              id?: number|null;
              input?: eyepiece.viewer.ViewInput.$Shape|null;
              ops?: eyepiece.viewer.SceneOps.$Shape|null;
              undo?: eyepiece.viewer.Undo.$Shape|null;
              open?: eyepiece.viewer.OpenData.$Shape|null;
              valueAt?: eyepiece.viewer.ValueAt.$Shape|null;
              histogram?: eyepiece.viewer.Histogram.$Shape|null;
              screenshot?: eyepiece.viewer.Screenshot.$Shape|null;
              autoContrast?: eyepiece.viewer.AutoContrast.$Shape|null;
              resetView?: eyepiece.viewer.ResetView.$Shape|null;
              keyframe?: eyepiece.viewer.Keyframe.$Shape|null;
              clock?: eyepiece.viewer.ClockProbe.$Shape|null;
              table?: eyepiece.viewer.TableAsked.$Shape|null;
              rows?: eyepiece.viewer.RowsAsked.$Shape|null;
              items?: eyepiece.viewer.ItemsAsked.$Shape|null;
              action?: eyepiece.viewer.LayerAction.$Shape|null;
              greatest?: eyepiece.viewer.GreatestLabel.$Shape|null;
              thumbnail?: eyepiece.viewer.Thumbnail.$Shape|null;
              presence?: eyepiece.viewer.Presence.$Shape|null;
              save?: eyepiece.viewer.SaveLayers.$Shape|null;
              cancelSave?: eyepiece.viewer.CancelSave.$Shape|null;
              takeSaved?: eyepiece.viewer.TakeSaved.$Shape|null;
              dropSaved?: eyepiece.viewer.DropSaved.$Shape|null;
              film?: eyepiece.viewer.FilmAsked.$Shape|null;
              key?: eyepiece.viewer.KeyPressed.$Shape|null;
              budget?: eyepiece.viewer.Budget.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ what?: undefined; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "input"; input: eyepiece.viewer.ViewInput.$Shape; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "ops"; input?: null; ops: eyepiece.viewer.SceneOps.$Shape; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "undo"; input?: null; ops?: null; undo: eyepiece.viewer.Undo.$Shape; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "open"; input?: null; ops?: null; undo?: null; open: eyepiece.viewer.OpenData.$Shape; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "valueAt"; input?: null; ops?: null; undo?: null; open?: null; valueAt: eyepiece.viewer.ValueAt.$Shape; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "histogram"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram: eyepiece.viewer.Histogram.$Shape; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "screenshot"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot: eyepiece.viewer.Screenshot.$Shape; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "autoContrast"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast: eyepiece.viewer.AutoContrast.$Shape; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "resetView"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView: eyepiece.viewer.ResetView.$Shape; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "keyframe"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe: eyepiece.viewer.Keyframe.$Shape; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "clock"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock: eyepiece.viewer.ClockProbe.$Shape; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "table"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table: eyepiece.viewer.TableAsked.$Shape; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "rows"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows: eyepiece.viewer.RowsAsked.$Shape; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "items"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items: eyepiece.viewer.ItemsAsked.$Shape; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "action"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action: eyepiece.viewer.LayerAction.$Shape; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "greatest"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest: eyepiece.viewer.GreatestLabel.$Shape; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "thumbnail"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail: eyepiece.viewer.Thumbnail.$Shape; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "presence"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence: eyepiece.viewer.Presence.$Shape; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "save"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save: eyepiece.viewer.SaveLayers.$Shape; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "cancelSave"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave: eyepiece.viewer.CancelSave.$Shape; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "takeSaved"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved: eyepiece.viewer.TakeSaved.$Shape; dropSaved?: null; film?: null; key?: null; budget?: null }|{ what?: "dropSaved"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved: eyepiece.viewer.DropSaved.$Shape; film?: null; key?: null; budget?: null }|{ what?: "film"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film: eyepiece.viewer.FilmAsked.$Shape; key?: null; budget?: null }|{ what?: "key"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key: eyepiece.viewer.KeyPressed.$Shape; budget?: null }|{ what?: "budget"; input?: null; ops?: null; undo?: null; open?: null; valueAt?: null; histogram?: null; screenshot?: null; autoContrast?: null; resetView?: null; keyframe?: null; clock?: null; table?: null; rows?: null; items?: null; action?: null; greatest?: null; thumbnail?: null; presence?: null; save?: null; cancelSave?: null; takeSaved?: null; dropSaved?: null; film?: null; key?: null; budget: eyepiece.viewer.Budget.$Shape })
            );
        }

        /**
         * Properties of a SceneOps.
         * @deprecated Use eyepiece.viewer.SceneOps.$Properties instead.
         */
        interface ISceneOps extends eyepiece.viewer.SceneOps.$Properties {
        }

        /** Represents a SceneOps. */
        class SceneOps {

            /**
             * Constructs a new SceneOps.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.SceneOps.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SceneOps json. */
            json: string;

            /** SceneOps merge. */
            merge: string;

            /**
             * Encodes the specified SceneOps message. Does not implicitly {@link eyepiece.viewer.SceneOps.verify|verify} messages.
             * @param message SceneOps message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.SceneOps.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SceneOps message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.SceneOps & eyepiece.viewer.SceneOps.$Shape} SceneOps
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.SceneOps & eyepiece.viewer.SceneOps.$Shape;

            /**
             * Gets the type url for SceneOps
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SceneOps {

            /** Properties of a SceneOps. */
            interface $Properties {

                /** SceneOps json */
                json?: (string|null);

                /** SceneOps merge */
                merge?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SceneOps. */
            type $Shape = eyepiece.viewer.SceneOps.$Properties;
        }

        /**
         * Properties of an Undo.
         * @deprecated Use eyepiece.viewer.Undo.$Properties instead.
         */
        interface IUndo extends eyepiece.viewer.Undo.$Properties {
        }

        /** Represents an Undo. */
        class Undo {

            /**
             * Constructs a new Undo.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Undo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Undo redo. */
            redo: boolean;

            /**
             * Encodes the specified Undo message. Does not implicitly {@link eyepiece.viewer.Undo.verify|verify} messages.
             * @param message Undo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Undo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Undo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Undo & eyepiece.viewer.Undo.$Shape} Undo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Undo & eyepiece.viewer.Undo.$Shape;

            /**
             * Gets the type url for Undo
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Undo {

            /** Properties of an Undo. */
            interface $Properties {

                /** Undo redo */
                redo?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Undo. */
            type $Shape = eyepiece.viewer.Undo.$Properties;
        }

        /**
         * Properties of an OpenData.
         * @deprecated Use eyepiece.viewer.OpenData.$Properties instead.
         */
        interface IOpenData extends eyepiece.viewer.OpenData.$Properties {
        }

        /** Represents an OpenData. */
        class OpenData {

            /**
             * Constructs a new OpenData.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.OpenData.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OpenData uri. */
            uri: string;

            /**
             * Encodes the specified OpenData message. Does not implicitly {@link eyepiece.viewer.OpenData.verify|verify} messages.
             * @param message OpenData message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.OpenData.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OpenData message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.OpenData & eyepiece.viewer.OpenData.$Shape} OpenData
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.OpenData & eyepiece.viewer.OpenData.$Shape;

            /**
             * Gets the type url for OpenData
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace OpenData {

            /** Properties of an OpenData. */
            interface $Properties {

                /** OpenData uri */
                uri?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OpenData. */
            type $Shape = eyepiece.viewer.OpenData.$Properties;
        }

        /**
         * Properties of a ValueAt.
         * @deprecated Use eyepiece.viewer.ValueAt.$Properties instead.
         */
        interface IValueAt extends eyepiece.viewer.ValueAt.$Properties {
        }

        /** Represents a ValueAt. */
        class ValueAt {

            /**
             * Constructs a new ValueAt.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ValueAt.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ValueAt x. */
            x: number;

            /** ValueAt y. */
            y: number;

            /** ValueAt layer. */
            layer: string;

            /**
             * Encodes the specified ValueAt message. Does not implicitly {@link eyepiece.viewer.ValueAt.verify|verify} messages.
             * @param message ValueAt message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ValueAt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ValueAt message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ValueAt & eyepiece.viewer.ValueAt.$Shape} ValueAt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ValueAt & eyepiece.viewer.ValueAt.$Shape;

            /**
             * Gets the type url for ValueAt
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ValueAt {

            /** Properties of a ValueAt. */
            interface $Properties {

                /** ValueAt x */
                x?: (number|null);

                /** ValueAt y */
                y?: (number|null);

                /** ValueAt layer */
                layer?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ValueAt. */
            type $Shape = eyepiece.viewer.ValueAt.$Properties;
        }

        /**
         * Properties of a Histogram.
         * @deprecated Use eyepiece.viewer.Histogram.$Properties instead.
         */
        interface IHistogram extends eyepiece.viewer.Histogram.$Properties {
        }

        /** Represents a Histogram. */
        class Histogram {

            /**
             * Constructs a new Histogram.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Histogram.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Histogram layer. */
            layer: string;

            /** Histogram bins. */
            bins: number;

            /**
             * Encodes the specified Histogram message. Does not implicitly {@link eyepiece.viewer.Histogram.verify|verify} messages.
             * @param message Histogram message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Histogram.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Histogram message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Histogram & eyepiece.viewer.Histogram.$Shape} Histogram
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Histogram & eyepiece.viewer.Histogram.$Shape;

            /**
             * Gets the type url for Histogram
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Histogram {

            /** Properties of a Histogram. */
            interface $Properties {

                /** Histogram layer */
                layer?: (string|null);

                /** Histogram bins */
                bins?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Histogram. */
            type $Shape = eyepiece.viewer.Histogram.$Properties;
        }

        /**
         * Properties of a TableAsked.
         * @deprecated Use eyepiece.viewer.TableAsked.$Properties instead.
         */
        interface ITableAsked extends eyepiece.viewer.TableAsked.$Properties {
        }

        /** Represents a TableAsked. */
        class TableAsked {

            /**
             * Constructs a new TableAsked.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.TableAsked.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TableAsked layer. */
            layer: string;

            /** TableAsked most. */
            most: number;

            /**
             * Encodes the specified TableAsked message. Does not implicitly {@link eyepiece.viewer.TableAsked.verify|verify} messages.
             * @param message TableAsked message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.TableAsked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TableAsked message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.TableAsked & eyepiece.viewer.TableAsked.$Shape} TableAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.TableAsked & eyepiece.viewer.TableAsked.$Shape;

            /**
             * Gets the type url for TableAsked
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace TableAsked {

            /** Properties of a TableAsked. */
            interface $Properties {

                /** TableAsked layer */
                layer?: (string|null);

                /** TableAsked most */
                most?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TableAsked. */
            type $Shape = eyepiece.viewer.TableAsked.$Properties;
        }

        /**
         * Properties of a RowsAsked.
         * @deprecated Use eyepiece.viewer.RowsAsked.$Properties instead.
         */
        interface IRowsAsked extends eyepiece.viewer.RowsAsked.$Properties {
        }

        /** Represents a RowsAsked. */
        class RowsAsked {

            /**
             * Constructs a new RowsAsked.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.RowsAsked.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RowsAsked layer. */
            layer: string;

            /** RowsAsked offset. */
            offset: number;

            /** RowsAsked count. */
            count: number;

            /** RowsAsked sort. */
            sort: string;

            /** RowsAsked descending. */
            descending: boolean;

            /** RowsAsked filter. */
            filter: string;

            /** RowsAsked indices. */
            indices: number[];

            /** RowsAsked finds. */
            finds: boolean;

            /** RowsAsked find. */
            find: number;

            /**
             * Encodes the specified RowsAsked message. Does not implicitly {@link eyepiece.viewer.RowsAsked.verify|verify} messages.
             * @param message RowsAsked message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.RowsAsked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RowsAsked message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.RowsAsked & eyepiece.viewer.RowsAsked.$Shape} RowsAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.RowsAsked & eyepiece.viewer.RowsAsked.$Shape;

            /**
             * Gets the type url for RowsAsked
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RowsAsked {

            /** Properties of a RowsAsked. */
            interface $Properties {

                /** RowsAsked layer */
                layer?: (string|null);

                /** RowsAsked offset */
                offset?: (number|null);

                /** RowsAsked count */
                count?: (number|null);

                /** RowsAsked sort */
                sort?: (string|null);

                /** RowsAsked descending */
                descending?: (boolean|null);

                /** RowsAsked filter */
                filter?: (string|null);

                /** RowsAsked indices */
                indices?: (number[]|null);

                /** RowsAsked finds */
                finds?: (boolean|null);

                /** RowsAsked find */
                find?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RowsAsked. */
            type $Shape = eyepiece.viewer.RowsAsked.$Properties;
        }

        /**
         * Properties of an ItemsAsked.
         * @deprecated Use eyepiece.viewer.ItemsAsked.$Properties instead.
         */
        interface IItemsAsked extends eyepiece.viewer.ItemsAsked.$Properties {
        }

        /** Represents an ItemsAsked. */
        class ItemsAsked {

            /**
             * Constructs a new ItemsAsked.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ItemsAsked.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ItemsAsked layer. */
            layer: string;

            /** ItemsAsked x0. */
            x0: number;

            /** ItemsAsked y0. */
            y0: number;

            /** ItemsAsked x1. */
            x1: number;

            /** ItemsAsked y1. */
            y1: number;

            /**
             * Encodes the specified ItemsAsked message. Does not implicitly {@link eyepiece.viewer.ItemsAsked.verify|verify} messages.
             * @param message ItemsAsked message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ItemsAsked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ItemsAsked message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ItemsAsked & eyepiece.viewer.ItemsAsked.$Shape} ItemsAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ItemsAsked & eyepiece.viewer.ItemsAsked.$Shape;

            /**
             * Gets the type url for ItemsAsked
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ItemsAsked {

            /** Properties of an ItemsAsked. */
            interface $Properties {

                /** ItemsAsked layer */
                layer?: (string|null);

                /** ItemsAsked x0 */
                x0?: (number|null);

                /** ItemsAsked y0 */
                y0?: (number|null);

                /** ItemsAsked x1 */
                x1?: (number|null);

                /** ItemsAsked y1 */
                y1?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ItemsAsked. */
            type $Shape = eyepiece.viewer.ItemsAsked.$Properties;
        }

        /**
         * Properties of a LayerAction.
         * @deprecated Use eyepiece.viewer.LayerAction.$Properties instead.
         */
        interface ILayerAction extends eyepiece.viewer.LayerAction.$Properties {
        }

        /** Represents a LayerAction. */
        class LayerAction {

            /**
             * Constructs a new LayerAction.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.LayerAction.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LayerAction json. */
            json: string;

            /**
             * Encodes the specified LayerAction message. Does not implicitly {@link eyepiece.viewer.LayerAction.verify|verify} messages.
             * @param message LayerAction message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.LayerAction.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LayerAction message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.LayerAction & eyepiece.viewer.LayerAction.$Shape} LayerAction
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.LayerAction & eyepiece.viewer.LayerAction.$Shape;

            /**
             * Gets the type url for LayerAction
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace LayerAction {

            /** Properties of a LayerAction. */
            interface $Properties {

                /** LayerAction json */
                json?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LayerAction. */
            type $Shape = eyepiece.viewer.LayerAction.$Properties;
        }

        /**
         * Properties of a GreatestLabel.
         * @deprecated Use eyepiece.viewer.GreatestLabel.$Properties instead.
         */
        interface IGreatestLabel extends eyepiece.viewer.GreatestLabel.$Properties {
        }

        /** Represents a GreatestLabel. */
        class GreatestLabel {

            /**
             * Constructs a new GreatestLabel.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.GreatestLabel.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GreatestLabel layer. */
            layer: string;

            /**
             * Encodes the specified GreatestLabel message. Does not implicitly {@link eyepiece.viewer.GreatestLabel.verify|verify} messages.
             * @param message GreatestLabel message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.GreatestLabel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GreatestLabel message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.GreatestLabel & eyepiece.viewer.GreatestLabel.$Shape} GreatestLabel
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.GreatestLabel & eyepiece.viewer.GreatestLabel.$Shape;

            /**
             * Gets the type url for GreatestLabel
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace GreatestLabel {

            /** Properties of a GreatestLabel. */
            interface $Properties {

                /** GreatestLabel layer */
                layer?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GreatestLabel. */
            type $Shape = eyepiece.viewer.GreatestLabel.$Properties;
        }

        /**
         * Properties of a Thumbnail.
         * @deprecated Use eyepiece.viewer.Thumbnail.$Properties instead.
         */
        interface IThumbnail extends eyepiece.viewer.Thumbnail.$Properties {
        }

        /** Represents a Thumbnail. */
        class Thumbnail {

            /**
             * Constructs a new Thumbnail.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Thumbnail.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Thumbnail layer. */
            layer: string;

            /** Thumbnail size. */
            size: number;

            /**
             * Encodes the specified Thumbnail message. Does not implicitly {@link eyepiece.viewer.Thumbnail.verify|verify} messages.
             * @param message Thumbnail message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Thumbnail.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Thumbnail message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Thumbnail & eyepiece.viewer.Thumbnail.$Shape} Thumbnail
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Thumbnail & eyepiece.viewer.Thumbnail.$Shape;

            /**
             * Gets the type url for Thumbnail
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Thumbnail {

            /** Properties of a Thumbnail. */
            interface $Properties {

                /** Thumbnail layer */
                layer?: (string|null);

                /** Thumbnail size */
                size?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Thumbnail. */
            type $Shape = eyepiece.viewer.Thumbnail.$Properties;
        }

        /**
         * Properties of a Screenshot.
         * @deprecated Use eyepiece.viewer.Screenshot.$Properties instead.
         */
        interface IScreenshot extends eyepiece.viewer.Screenshot.$Properties {
        }

        /** Represents a Screenshot. */
        class Screenshot {

            /**
             * Constructs a new Screenshot.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Screenshot.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Screenshot width. */
            width: number;

            /** Screenshot height. */
            height: number;

            /** Screenshot bare. */
            bare: boolean;

            /**
             * Encodes the specified Screenshot message. Does not implicitly {@link eyepiece.viewer.Screenshot.verify|verify} messages.
             * @param message Screenshot message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Screenshot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Screenshot message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Screenshot & eyepiece.viewer.Screenshot.$Shape} Screenshot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Screenshot & eyepiece.viewer.Screenshot.$Shape;

            /**
             * Gets the type url for Screenshot
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Screenshot {

            /** Properties of a Screenshot. */
            interface $Properties {

                /** Screenshot width */
                width?: (number|null);

                /** Screenshot height */
                height?: (number|null);

                /** Screenshot bare */
                bare?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Screenshot. */
            type $Shape = eyepiece.viewer.Screenshot.$Properties;
        }

        /**
         * Properties of an AutoContrast.
         * @deprecated Use eyepiece.viewer.AutoContrast.$Properties instead.
         */
        interface IAutoContrast extends eyepiece.viewer.AutoContrast.$Properties {
        }

        /** Represents an AutoContrast. */
        class AutoContrast {

            /**
             * Constructs a new AutoContrast.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.AutoContrast.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AutoContrast layer. */
            layer: string;

            /**
             * Encodes the specified AutoContrast message. Does not implicitly {@link eyepiece.viewer.AutoContrast.verify|verify} messages.
             * @param message AutoContrast message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.AutoContrast.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AutoContrast message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.AutoContrast & eyepiece.viewer.AutoContrast.$Shape} AutoContrast
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.AutoContrast & eyepiece.viewer.AutoContrast.$Shape;

            /**
             * Gets the type url for AutoContrast
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace AutoContrast {

            /** Properties of an AutoContrast. */
            interface $Properties {

                /** AutoContrast layer */
                layer?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AutoContrast. */
            type $Shape = eyepiece.viewer.AutoContrast.$Properties;
        }

        /**
         * Properties of a ResetView.
         * @deprecated Use eyepiece.viewer.ResetView.$Properties instead.
         */
        interface IResetView extends eyepiece.viewer.ResetView.$Properties {
        }

        /** Represents a ResetView. */
        class ResetView {

            /**
             * Constructs a new ResetView.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ResetView.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified ResetView message. Does not implicitly {@link eyepiece.viewer.ResetView.verify|verify} messages.
             * @param message ResetView message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ResetView.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResetView message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ResetView & eyepiece.viewer.ResetView.$Shape} ResetView
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ResetView & eyepiece.viewer.ResetView.$Shape;

            /**
             * Gets the type url for ResetView
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ResetView {

            /** Properties of a ResetView. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResetView. */
            type $Shape = eyepiece.viewer.ResetView.$Properties;
        }

        /**
         * Properties of a Keyframe.
         * @deprecated Use eyepiece.viewer.Keyframe.$Properties instead.
         */
        interface IKeyframe extends eyepiece.viewer.Keyframe.$Properties {
        }

        /** Represents a Keyframe. */
        class Keyframe {

            /**
             * Constructs a new Keyframe.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Keyframe.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Keyframe message. Does not implicitly {@link eyepiece.viewer.Keyframe.verify|verify} messages.
             * @param message Keyframe message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Keyframe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Keyframe message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Keyframe & eyepiece.viewer.Keyframe.$Shape} Keyframe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Keyframe & eyepiece.viewer.Keyframe.$Shape;

            /**
             * Gets the type url for Keyframe
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Keyframe {

            /** Properties of a Keyframe. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Keyframe. */
            type $Shape = eyepiece.viewer.Keyframe.$Properties;
        }

        /**
         * Properties of a Presence.
         * @deprecated Use eyepiece.viewer.Presence.$Properties instead.
         */
        interface IPresence extends eyepiece.viewer.Presence.$Properties {
        }

        /** Represents a Presence. */
        class Presence {

            /**
             * Constructs a new Presence.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Presence.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Presence world. */
            world: number[];

            /**
             * Encodes the specified Presence message. Does not implicitly {@link eyepiece.viewer.Presence.verify|verify} messages.
             * @param message Presence message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Presence.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Presence message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Presence & eyepiece.viewer.Presence.$Shape} Presence
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Presence & eyepiece.viewer.Presence.$Shape;

            /**
             * Gets the type url for Presence
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Presence {

            /** Properties of a Presence. */
            interface $Properties {

                /** Presence world */
                world?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Presence. */
            type $Shape = eyepiece.viewer.Presence.$Properties;
        }

        /**
         * Properties of a KeyPressed.
         * @deprecated Use eyepiece.viewer.KeyPressed.$Properties instead.
         */
        interface IKeyPressed extends eyepiece.viewer.KeyPressed.$Properties {
        }

        /** Represents a KeyPressed. */
        class KeyPressed {

            /**
             * Constructs a new KeyPressed.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.KeyPressed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KeyPressed key. */
            key: string;

            /** KeyPressed released. */
            released: boolean;

            /**
             * Encodes the specified KeyPressed message. Does not implicitly {@link eyepiece.viewer.KeyPressed.verify|verify} messages.
             * @param message KeyPressed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.KeyPressed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KeyPressed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.KeyPressed & eyepiece.viewer.KeyPressed.$Shape} KeyPressed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.KeyPressed & eyepiece.viewer.KeyPressed.$Shape;

            /**
             * Gets the type url for KeyPressed
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace KeyPressed {

            /** Properties of a KeyPressed. */
            interface $Properties {

                /** KeyPressed key */
                key?: (string|null);

                /** KeyPressed released */
                released?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KeyPressed. */
            type $Shape = eyepiece.viewer.KeyPressed.$Properties;
        }

        /**
         * Properties of a BoundKeys.
         * @deprecated Use eyepiece.viewer.BoundKeys.$Properties instead.
         */
        interface IBoundKeys extends eyepiece.viewer.BoundKeys.$Properties {
        }

        /** Represents a BoundKeys. */
        class BoundKeys {

            /**
             * Constructs a new BoundKeys.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BoundKeys.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BoundKeys keys. */
            keys: string[];

            /**
             * Encodes the specified BoundKeys message. Does not implicitly {@link eyepiece.viewer.BoundKeys.verify|verify} messages.
             * @param message BoundKeys message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BoundKeys.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BoundKeys message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BoundKeys & eyepiece.viewer.BoundKeys.$Shape} BoundKeys
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BoundKeys & eyepiece.viewer.BoundKeys.$Shape;

            /**
             * Gets the type url for BoundKeys
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BoundKeys {

            /** Properties of a BoundKeys. */
            interface $Properties {

                /** BoundKeys keys */
                keys?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BoundKeys. */
            type $Shape = eyepiece.viewer.BoundKeys.$Properties;
        }

        /**
         * Properties of a ClockProbe.
         * @deprecated Use eyepiece.viewer.ClockProbe.$Properties instead.
         */
        interface IClockProbe extends eyepiece.viewer.ClockProbe.$Properties {
        }

        /** Represents a ClockProbe. */
        class ClockProbe {

            /**
             * Constructs a new ClockProbe.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ClockProbe.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClockProbe sentUs. */
            sentUs: number;

            /**
             * Encodes the specified ClockProbe message. Does not implicitly {@link eyepiece.viewer.ClockProbe.verify|verify} messages.
             * @param message ClockProbe message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ClockProbe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClockProbe message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ClockProbe & eyepiece.viewer.ClockProbe.$Shape} ClockProbe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ClockProbe & eyepiece.viewer.ClockProbe.$Shape;

            /**
             * Gets the type url for ClockProbe
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ClockProbe {

            /** Properties of a ClockProbe. */
            interface $Properties {

                /** ClockProbe sentUs */
                sentUs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClockProbe. */
            type $Shape = eyepiece.viewer.ClockProbe.$Properties;
        }

        /**
         * Properties of a ViewerEvent.
         * @deprecated Use eyepiece.viewer.ViewerEvent.$Properties instead.
         */
        interface IViewerEvent extends eyepiece.viewer.ViewerEvent.$Properties {
        }

        /** Represents a ViewerEvent. */
        class ViewerEvent {

            /**
             * Constructs a new ViewerEvent.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ViewerEvent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ViewerEvent replyTo. */
            replyTo: number;

            /** ViewerEvent welcome. */
            welcome?: (eyepiece.viewer.Welcome.$Properties|null);

            /** ViewerEvent scene. */
            scene?: (eyepiece.viewer.SceneChanged.$Properties|null);

            /** ViewerEvent view. */
            view?: (eyepiece.viewer.ViewChanged.$Properties|null);

            /** ViewerEvent failure. */
            failure?: (eyepiece.viewer.Failure.$Properties|null);

            /** ViewerEvent done. */
            done?: (eyepiece.viewer.Done.$Properties|null);

            /** ViewerEvent value. */
            value?: (eyepiece.viewer.ValueFound.$Properties|null);

            /** ViewerEvent histogram. */
            histogram?: (eyepiece.viewer.HistogramFound.$Properties|null);

            /** ViewerEvent screenshot. */
            screenshot?: (eyepiece.viewer.ScreenshotTaken.$Properties|null);

            /** ViewerEvent progress. */
            progress?: (eyepiece.viewer.Progress.$Properties|null);

            /** ViewerEvent notice. */
            notice?: (eyepiece.viewer.Notice.$Properties|null);

            /** ViewerEvent clock. */
            clock?: (eyepiece.viewer.ClockAnswer.$Properties|null);

            /** ViewerEvent loading. */
            loading?: (eyepiece.viewer.Loading.$Properties|null);

            /** ViewerEvent table. */
            table?: (eyepiece.viewer.TableFound.$Properties|null);

            /** ViewerEvent rows. */
            rows?: (eyepiece.viewer.RowsFound.$Properties|null);

            /** ViewerEvent items. */
            items?: (eyepiece.viewer.ItemsFound.$Properties|null);

            /** ViewerEvent others. */
            others?: (eyepiece.viewer.Others.$Properties|null);

            /** ViewerEvent keys. */
            keys?: (eyepiece.viewer.BoundKeys.$Properties|null);

            /** ViewerEvent saved. */
            saved?: (eyepiece.viewer.LayersSaved.$Properties|null);

            /** ViewerEvent piece. */
            piece?: (eyepiece.viewer.SavedPiece.$Properties|null);

            /** ViewerEvent held. */
            held?: (eyepiece.viewer.Held.$Properties|null);

            /** ViewerEvent what. */
            what?: ("welcome"|"scene"|"view"|"failure"|"done"|"value"|"histogram"|"screenshot"|"progress"|"notice"|"clock"|"loading"|"table"|"rows"|"items"|"others"|"keys"|"saved"|"piece"|"held");

            /**
             * Encodes the specified ViewerEvent message. Does not implicitly {@link eyepiece.viewer.ViewerEvent.verify|verify} messages.
             * @param message ViewerEvent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ViewerEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ViewerEvent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ViewerEvent & eyepiece.viewer.ViewerEvent.$Shape} ViewerEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ViewerEvent & eyepiece.viewer.ViewerEvent.$Shape;

            /**
             * Gets the type url for ViewerEvent
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ViewerEvent {

            /** Properties of a ViewerEvent. */
            interface $Properties {

                /** ViewerEvent replyTo */
                replyTo?: (number|null);

                /** ViewerEvent welcome */
                welcome?: (eyepiece.viewer.Welcome.$Properties|null);

                /** ViewerEvent scene */
                scene?: (eyepiece.viewer.SceneChanged.$Properties|null);

                /** ViewerEvent view */
                view?: (eyepiece.viewer.ViewChanged.$Properties|null);

                /** ViewerEvent failure */
                failure?: (eyepiece.viewer.Failure.$Properties|null);

                /** ViewerEvent done */
                done?: (eyepiece.viewer.Done.$Properties|null);

                /** ViewerEvent value */
                value?: (eyepiece.viewer.ValueFound.$Properties|null);

                /** ViewerEvent histogram */
                histogram?: (eyepiece.viewer.HistogramFound.$Properties|null);

                /** ViewerEvent screenshot */
                screenshot?: (eyepiece.viewer.ScreenshotTaken.$Properties|null);

                /** ViewerEvent progress */
                progress?: (eyepiece.viewer.Progress.$Properties|null);

                /** ViewerEvent notice */
                notice?: (eyepiece.viewer.Notice.$Properties|null);

                /** ViewerEvent clock */
                clock?: (eyepiece.viewer.ClockAnswer.$Properties|null);

                /** ViewerEvent loading */
                loading?: (eyepiece.viewer.Loading.$Properties|null);

                /** ViewerEvent table */
                table?: (eyepiece.viewer.TableFound.$Properties|null);

                /** ViewerEvent rows */
                rows?: (eyepiece.viewer.RowsFound.$Properties|null);

                /** ViewerEvent items */
                items?: (eyepiece.viewer.ItemsFound.$Properties|null);

                /** ViewerEvent others */
                others?: (eyepiece.viewer.Others.$Properties|null);

                /** ViewerEvent keys */
                keys?: (eyepiece.viewer.BoundKeys.$Properties|null);

                /** ViewerEvent saved */
                saved?: (eyepiece.viewer.LayersSaved.$Properties|null);

                /** ViewerEvent piece */
                piece?: (eyepiece.viewer.SavedPiece.$Properties|null);

                /** ViewerEvent held */
                held?: (eyepiece.viewer.Held.$Properties|null);

                /** ViewerEvent what */
                what?: ("welcome"|"scene"|"view"|"failure"|"done"|"value"|"histogram"|"screenshot"|"progress"|"notice"|"clock"|"loading"|"table"|"rows"|"items"|"others"|"keys"|"saved"|"piece"|"held");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ViewerEvent. */
            type $Shape = {
              replyTo?: number|null;
              welcome?: eyepiece.viewer.Welcome.$Shape|null;
              scene?: eyepiece.viewer.SceneChanged.$Shape|null;
              view?: eyepiece.viewer.ViewChanged.$Shape|null;
              failure?: eyepiece.viewer.Failure.$Shape|null;
              done?: eyepiece.viewer.Done.$Shape|null;
              value?: eyepiece.viewer.ValueFound.$Shape|null;
              histogram?: eyepiece.viewer.HistogramFound.$Shape|null;
              screenshot?: eyepiece.viewer.ScreenshotTaken.$Shape|null;
              progress?: eyepiece.viewer.Progress.$Shape|null;
              notice?: eyepiece.viewer.Notice.$Shape|null;
              clock?: eyepiece.viewer.ClockAnswer.$Shape|null;
              loading?: eyepiece.viewer.Loading.$Shape|null;
              table?: eyepiece.viewer.TableFound.$Shape|null;
              rows?: eyepiece.viewer.RowsFound.$Shape|null;
              items?: eyepiece.viewer.ItemsFound.$Shape|null;
              others?: eyepiece.viewer.Others.$Shape|null;
              keys?: eyepiece.viewer.BoundKeys.$Shape|null;
              saved?: eyepiece.viewer.LayersSaved.$Shape|null;
              piece?: eyepiece.viewer.SavedPiece.$Shape|null;
              held?: eyepiece.viewer.Held.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ what?: undefined; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "welcome"; welcome: eyepiece.viewer.Welcome.$Shape; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "scene"; welcome?: null; scene: eyepiece.viewer.SceneChanged.$Shape; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "view"; welcome?: null; scene?: null; view: eyepiece.viewer.ViewChanged.$Shape; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "failure"; welcome?: null; scene?: null; view?: null; failure: eyepiece.viewer.Failure.$Shape; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "done"; welcome?: null; scene?: null; view?: null; failure?: null; done: eyepiece.viewer.Done.$Shape; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "value"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value: eyepiece.viewer.ValueFound.$Shape; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "histogram"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram: eyepiece.viewer.HistogramFound.$Shape; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "screenshot"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot: eyepiece.viewer.ScreenshotTaken.$Shape; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "progress"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress: eyepiece.viewer.Progress.$Shape; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "notice"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice: eyepiece.viewer.Notice.$Shape; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "clock"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock: eyepiece.viewer.ClockAnswer.$Shape; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "loading"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading: eyepiece.viewer.Loading.$Shape; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "table"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table: eyepiece.viewer.TableFound.$Shape; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "rows"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows: eyepiece.viewer.RowsFound.$Shape; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "items"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items: eyepiece.viewer.ItemsFound.$Shape; others?: null; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "others"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others: eyepiece.viewer.Others.$Shape; keys?: null; saved?: null; piece?: null; held?: null }|{ what?: "keys"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys: eyepiece.viewer.BoundKeys.$Shape; saved?: null; piece?: null; held?: null }|{ what?: "saved"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved: eyepiece.viewer.LayersSaved.$Shape; piece?: null; held?: null }|{ what?: "piece"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece: eyepiece.viewer.SavedPiece.$Shape; held?: null }|{ what?: "held"; welcome?: null; scene?: null; view?: null; failure?: null; done?: null; value?: null; histogram?: null; screenshot?: null; progress?: null; notice?: null; clock?: null; loading?: null; table?: null; rows?: null; items?: null; others?: null; keys?: null; saved?: null; piece?: null; held: eyepiece.viewer.Held.$Shape })
            );
        }

        /**
         * Properties of a Welcome.
         * @deprecated Use eyepiece.viewer.Welcome.$Properties instead.
         */
        interface IWelcome extends eyepiece.viewer.Welcome.$Properties {
        }

        /** Represents a Welcome. */
        class Welcome {

            /**
             * Constructs a new Welcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Welcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Welcome session. */
            session: string;

            /** Welcome sceneJson. */
            sceneJson: string;

            /** Welcome viewJson. */
            viewJson: string;

            /** Welcome adapter. */
            adapter: string;

            /** Welcome adapterKind. */
            adapterKind: string;

            /** Welcome encoder. */
            encoder: string;

            /** Welcome rights. */
            rights: string[];

            /** Welcome canUndo. */
            canUndo: boolean;

            /** Welcome canRedo. */
            canRedo: boolean;

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link eyepiece.viewer.Welcome.verify|verify} messages.
             * @param message Welcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Welcome & eyepiece.viewer.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Welcome & eyepiece.viewer.Welcome.$Shape;

            /**
             * Gets the type url for Welcome
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Welcome {

            /** Properties of a Welcome. */
            interface $Properties {

                /** Welcome session */
                session?: (string|null);

                /** Welcome sceneJson */
                sceneJson?: (string|null);

                /** Welcome viewJson */
                viewJson?: (string|null);

                /** Welcome adapter */
                adapter?: (string|null);

                /** Welcome adapterKind */
                adapterKind?: (string|null);

                /** Welcome encoder */
                encoder?: (string|null);

                /** Welcome rights */
                rights?: (string[]|null);

                /** Welcome canUndo */
                canUndo?: (boolean|null);

                /** Welcome canRedo */
                canRedo?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Welcome. */
            type $Shape = eyepiece.viewer.Welcome.$Properties;
        }

        /**
         * Properties of a SceneChanged.
         * @deprecated Use eyepiece.viewer.SceneChanged.$Properties instead.
         */
        interface ISceneChanged extends eyepiece.viewer.SceneChanged.$Properties {
        }

        /** Represents a SceneChanged. */
        class SceneChanged {

            /**
             * Constructs a new SceneChanged.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.SceneChanged.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SceneChanged revision. */
            revision: number;

            /** SceneChanged opsJson. */
            opsJson: string;

            /** SceneChanged sceneJson. */
            sceneJson: string;

            /** SceneChanged canUndo. */
            canUndo: boolean;

            /** SceneChanged canRedo. */
            canRedo: boolean;

            /**
             * Encodes the specified SceneChanged message. Does not implicitly {@link eyepiece.viewer.SceneChanged.verify|verify} messages.
             * @param message SceneChanged message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.SceneChanged.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SceneChanged message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.SceneChanged & eyepiece.viewer.SceneChanged.$Shape} SceneChanged
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.SceneChanged & eyepiece.viewer.SceneChanged.$Shape;

            /**
             * Gets the type url for SceneChanged
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SceneChanged {

            /** Properties of a SceneChanged. */
            interface $Properties {

                /** SceneChanged revision */
                revision?: (number|null);

                /** SceneChanged opsJson */
                opsJson?: (string|null);

                /** SceneChanged sceneJson */
                sceneJson?: (string|null);

                /** SceneChanged canUndo */
                canUndo?: (boolean|null);

                /** SceneChanged canRedo */
                canRedo?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SceneChanged. */
            type $Shape = eyepiece.viewer.SceneChanged.$Properties;
        }

        /**
         * Properties of a ViewChanged.
         * @deprecated Use eyepiece.viewer.ViewChanged.$Properties instead.
         */
        interface IViewChanged extends eyepiece.viewer.ViewChanged.$Properties {
        }

        /** Represents a ViewChanged. */
        class ViewChanged {

            /**
             * Constructs a new ViewChanged.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ViewChanged.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ViewChanged viewJson. */
            viewJson: string;

            /**
             * Encodes the specified ViewChanged message. Does not implicitly {@link eyepiece.viewer.ViewChanged.verify|verify} messages.
             * @param message ViewChanged message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ViewChanged.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ViewChanged message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ViewChanged & eyepiece.viewer.ViewChanged.$Shape} ViewChanged
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ViewChanged & eyepiece.viewer.ViewChanged.$Shape;

            /**
             * Gets the type url for ViewChanged
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ViewChanged {

            /** Properties of a ViewChanged. */
            interface $Properties {

                /** ViewChanged viewJson */
                viewJson?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ViewChanged. */
            type $Shape = eyepiece.viewer.ViewChanged.$Properties;
        }

        /**
         * Properties of a Failure.
         * @deprecated Use eyepiece.viewer.Failure.$Properties instead.
         */
        interface IFailure extends eyepiece.viewer.Failure.$Properties {
        }

        /** Represents a Failure. */
        class Failure {

            /**
             * Constructs a new Failure.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Failure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Failure code. */
            code: string;

            /** Failure message. */
            message: string;

            /**
             * Encodes the specified Failure message. Does not implicitly {@link eyepiece.viewer.Failure.verify|verify} messages.
             * @param message Failure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Failure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Failure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Failure & eyepiece.viewer.Failure.$Shape} Failure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Failure & eyepiece.viewer.Failure.$Shape;

            /**
             * Gets the type url for Failure
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Failure {

            /** Properties of a Failure. */
            interface $Properties {

                /** Failure code */
                code?: (string|null);

                /** Failure message */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Failure. */
            type $Shape = eyepiece.viewer.Failure.$Properties;
        }

        /**
         * Properties of a Done.
         * @deprecated Use eyepiece.viewer.Done.$Properties instead.
         */
        interface IDone extends eyepiece.viewer.Done.$Properties {
        }

        /** Represents a Done. */
        class Done {

            /**
             * Constructs a new Done.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Done.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Done layers. */
            layers: string[];

            /**
             * Encodes the specified Done message. Does not implicitly {@link eyepiece.viewer.Done.verify|verify} messages.
             * @param message Done message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Done.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Done message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Done & eyepiece.viewer.Done.$Shape} Done
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Done & eyepiece.viewer.Done.$Shape;

            /**
             * Gets the type url for Done
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Done {

            /** Properties of a Done. */
            interface $Properties {

                /** Done layers */
                layers?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Done. */
            type $Shape = eyepiece.viewer.Done.$Properties;
        }

        /**
         * Properties of a ValueFound.
         * @deprecated Use eyepiece.viewer.ValueFound.$Properties instead.
         */
        interface IValueFound extends eyepiece.viewer.ValueFound.$Properties {
        }

        /** Represents a ValueFound. */
        class ValueFound {

            /**
             * Constructs a new ValueFound.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ValueFound.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ValueFound coordinates. */
            coordinates: number[];

            /** ValueFound world. */
            world: number[];

            /** ValueFound value. */
            value: string;

            /** ValueFound layer. */
            layer: string;

            /** ValueFound features. */
            features: string;

            /**
             * Encodes the specified ValueFound message. Does not implicitly {@link eyepiece.viewer.ValueFound.verify|verify} messages.
             * @param message ValueFound message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ValueFound.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ValueFound message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ValueFound & eyepiece.viewer.ValueFound.$Shape} ValueFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ValueFound & eyepiece.viewer.ValueFound.$Shape;

            /**
             * Gets the type url for ValueFound
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ValueFound {

            /** Properties of a ValueFound. */
            interface $Properties {

                /** ValueFound coordinates */
                coordinates?: (number[]|null);

                /** ValueFound world */
                world?: (number[]|null);

                /** ValueFound value */
                value?: (string|null);

                /** ValueFound layer */
                layer?: (string|null);

                /** ValueFound features */
                features?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ValueFound. */
            type $Shape = eyepiece.viewer.ValueFound.$Properties;
        }

        /**
         * Properties of a TableFound.
         * @deprecated Use eyepiece.viewer.TableFound.$Properties instead.
         */
        interface ITableFound extends eyepiece.viewer.TableFound.$Properties {
        }

        /** Represents a TableFound. */
        class TableFound {

            /**
             * Constructs a new TableFound.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.TableFound.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TableFound layer. */
            layer: string;

            /** TableFound version. */
            version: number;

            /** TableFound count. */
            count: number;

            /** TableFound table. */
            table: Uint8Array;

            /**
             * Encodes the specified TableFound message. Does not implicitly {@link eyepiece.viewer.TableFound.verify|verify} messages.
             * @param message TableFound message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.TableFound.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TableFound message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.TableFound & eyepiece.viewer.TableFound.$Shape} TableFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.TableFound & eyepiece.viewer.TableFound.$Shape;

            /**
             * Gets the type url for TableFound
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace TableFound {

            /** Properties of a TableFound. */
            interface $Properties {

                /** TableFound layer */
                layer?: (string|null);

                /** TableFound version */
                version?: (number|null);

                /** TableFound count */
                count?: (number|null);

                /** TableFound table */
                table?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TableFound. */
            type $Shape = eyepiece.viewer.TableFound.$Properties;
        }

        /**
         * Properties of a RowsFound.
         * @deprecated Use eyepiece.viewer.RowsFound.$Properties instead.
         */
        interface IRowsFound extends eyepiece.viewer.RowsFound.$Properties {
        }

        /** Represents a RowsFound. */
        class RowsFound {

            /**
             * Constructs a new RowsFound.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.RowsFound.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RowsFound layer. */
            layer: string;

            /** RowsFound version. */
            version: number;

            /** RowsFound total. */
            total: number;

            /** RowsFound indices. */
            indices: number[];

            /** RowsFound json. */
            json: string;

            /** RowsFound found. */
            found: number;

            /**
             * Encodes the specified RowsFound message. Does not implicitly {@link eyepiece.viewer.RowsFound.verify|verify} messages.
             * @param message RowsFound message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.RowsFound.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RowsFound message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.RowsFound & eyepiece.viewer.RowsFound.$Shape} RowsFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.RowsFound & eyepiece.viewer.RowsFound.$Shape;

            /**
             * Gets the type url for RowsFound
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace RowsFound {

            /** Properties of a RowsFound. */
            interface $Properties {

                /** RowsFound layer */
                layer?: (string|null);

                /** RowsFound version */
                version?: (number|null);

                /** RowsFound total */
                total?: (number|null);

                /** RowsFound indices */
                indices?: (number[]|null);

                /** RowsFound json */
                json?: (string|null);

                /** RowsFound found */
                found?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a RowsFound. */
            type $Shape = eyepiece.viewer.RowsFound.$Properties;
        }

        /**
         * Properties of an ItemsFound.
         * @deprecated Use eyepiece.viewer.ItemsFound.$Properties instead.
         */
        interface IItemsFound extends eyepiece.viewer.ItemsFound.$Properties {
        }

        /** Represents an ItemsFound. */
        class ItemsFound {

            /**
             * Constructs a new ItemsFound.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ItemsFound.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ItemsFound layer. */
            layer: string;

            /** ItemsFound indices. */
            indices: number[];

            /**
             * Encodes the specified ItemsFound message. Does not implicitly {@link eyepiece.viewer.ItemsFound.verify|verify} messages.
             * @param message ItemsFound message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ItemsFound.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ItemsFound message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ItemsFound & eyepiece.viewer.ItemsFound.$Shape} ItemsFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ItemsFound & eyepiece.viewer.ItemsFound.$Shape;

            /**
             * Gets the type url for ItemsFound
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ItemsFound {

            /** Properties of an ItemsFound. */
            interface $Properties {

                /** ItemsFound layer */
                layer?: (string|null);

                /** ItemsFound indices */
                indices?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ItemsFound. */
            type $Shape = eyepiece.viewer.ItemsFound.$Properties;
        }

        /**
         * Properties of a HistogramFound.
         * @deprecated Use eyepiece.viewer.HistogramFound.$Properties instead.
         */
        interface IHistogramFound extends eyepiece.viewer.HistogramFound.$Properties {
        }

        /** Represents a HistogramFound. */
        class HistogramFound {

            /**
             * Constructs a new HistogramFound.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.HistogramFound.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HistogramFound counts. */
            counts: number[];

            /** HistogramFound min. */
            min: number;

            /** HistogramFound max. */
            max: number;

            /** HistogramFound layer. */
            layer: string;

            /**
             * Encodes the specified HistogramFound message. Does not implicitly {@link eyepiece.viewer.HistogramFound.verify|verify} messages.
             * @param message HistogramFound message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.HistogramFound.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HistogramFound message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.HistogramFound & eyepiece.viewer.HistogramFound.$Shape} HistogramFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.HistogramFound & eyepiece.viewer.HistogramFound.$Shape;

            /**
             * Gets the type url for HistogramFound
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace HistogramFound {

            /** Properties of a HistogramFound. */
            interface $Properties {

                /** HistogramFound counts */
                counts?: (number[]|null);

                /** HistogramFound min */
                min?: (number|null);

                /** HistogramFound max */
                max?: (number|null);

                /** HistogramFound layer */
                layer?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HistogramFound. */
            type $Shape = eyepiece.viewer.HistogramFound.$Properties;
        }

        /**
         * Properties of a ScreenshotTaken.
         * @deprecated Use eyepiece.viewer.ScreenshotTaken.$Properties instead.
         */
        interface IScreenshotTaken extends eyepiece.viewer.ScreenshotTaken.$Properties {
        }

        /** Represents a ScreenshotTaken. */
        class ScreenshotTaken {

            /**
             * Constructs a new ScreenshotTaken.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ScreenshotTaken.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ScreenshotTaken png. */
            png: Uint8Array;

            /** ScreenshotTaken width. */
            width: number;

            /** ScreenshotTaken height. */
            height: number;

            /**
             * Encodes the specified ScreenshotTaken message. Does not implicitly {@link eyepiece.viewer.ScreenshotTaken.verify|verify} messages.
             * @param message ScreenshotTaken message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ScreenshotTaken.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ScreenshotTaken message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ScreenshotTaken & eyepiece.viewer.ScreenshotTaken.$Shape} ScreenshotTaken
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ScreenshotTaken & eyepiece.viewer.ScreenshotTaken.$Shape;

            /**
             * Gets the type url for ScreenshotTaken
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ScreenshotTaken {

            /** Properties of a ScreenshotTaken. */
            interface $Properties {

                /** ScreenshotTaken png */
                png?: (Uint8Array|null);

                /** ScreenshotTaken width */
                width?: (number|null);

                /** ScreenshotTaken height */
                height?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ScreenshotTaken. */
            type $Shape = eyepiece.viewer.ScreenshotTaken.$Properties;
        }

        /**
         * Properties of a Progress.
         * @deprecated Use eyepiece.viewer.Progress.$Properties instead.
         */
        interface IProgress extends eyepiece.viewer.Progress.$Properties {
        }

        /** Represents a Progress. */
        class Progress {

            /**
             * Constructs a new Progress.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Progress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Progress task. */
            task: string;

            /** Progress text. */
            text: string;

            /** Progress fraction. */
            fraction: number;

            /** Progress ended. */
            ended: boolean;

            /**
             * Encodes the specified Progress message. Does not implicitly {@link eyepiece.viewer.Progress.verify|verify} messages.
             * @param message Progress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Progress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Progress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Progress & eyepiece.viewer.Progress.$Shape} Progress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Progress & eyepiece.viewer.Progress.$Shape;

            /**
             * Gets the type url for Progress
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Progress {

            /** Properties of a Progress. */
            interface $Properties {

                /** Progress task */
                task?: (string|null);

                /** Progress text */
                text?: (string|null);

                /** Progress fraction */
                fraction?: (number|null);

                /** Progress ended */
                ended?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Progress. */
            type $Shape = eyepiece.viewer.Progress.$Properties;
        }

        /**
         * Properties of a Notice.
         * @deprecated Use eyepiece.viewer.Notice.$Properties instead.
         */
        interface INotice extends eyepiece.viewer.Notice.$Properties {
        }

        /** Represents a Notice. */
        class Notice {

            /**
             * Constructs a new Notice.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Notice.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Notice level. */
            level: string;

            /** Notice text. */
            text: string;

            /**
             * Encodes the specified Notice message. Does not implicitly {@link eyepiece.viewer.Notice.verify|verify} messages.
             * @param message Notice message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Notice.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Notice message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Notice & eyepiece.viewer.Notice.$Shape} Notice
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Notice & eyepiece.viewer.Notice.$Shape;

            /**
             * Gets the type url for Notice
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Notice {

            /** Properties of a Notice. */
            interface $Properties {

                /** Notice level */
                level?: (string|null);

                /** Notice text */
                text?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Notice. */
            type $Shape = eyepiece.viewer.Notice.$Properties;
        }

        /**
         * Properties of a ClockAnswer.
         * @deprecated Use eyepiece.viewer.ClockAnswer.$Properties instead.
         */
        interface IClockAnswer extends eyepiece.viewer.ClockAnswer.$Properties {
        }

        /** Represents a ClockAnswer. */
        class ClockAnswer {

            /**
             * Constructs a new ClockAnswer.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.ClockAnswer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ClockAnswer sentUs. */
            sentUs: number;

            /** ClockAnswer nodeUs. */
            nodeUs: number;

            /**
             * Encodes the specified ClockAnswer message. Does not implicitly {@link eyepiece.viewer.ClockAnswer.verify|verify} messages.
             * @param message ClockAnswer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.ClockAnswer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ClockAnswer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.ClockAnswer & eyepiece.viewer.ClockAnswer.$Shape} ClockAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.ClockAnswer & eyepiece.viewer.ClockAnswer.$Shape;

            /**
             * Gets the type url for ClockAnswer
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ClockAnswer {

            /** Properties of a ClockAnswer. */
            interface $Properties {

                /** ClockAnswer sentUs */
                sentUs?: (number|null);

                /** ClockAnswer nodeUs */
                nodeUs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ClockAnswer. */
            type $Shape = eyepiece.viewer.ClockAnswer.$Properties;
        }

        /**
         * Properties of an Others.
         * @deprecated Use eyepiece.viewer.Others.$Properties instead.
         */
        interface IOthers extends eyepiece.viewer.Others.$Properties {
        }

        /** Represents an Others. */
        class Others {

            /**
             * Constructs a new Others.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Others.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Others json. */
            json: string;

            /**
             * Encodes the specified Others message. Does not implicitly {@link eyepiece.viewer.Others.verify|verify} messages.
             * @param message Others message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Others.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Others message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Others & eyepiece.viewer.Others.$Shape} Others
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Others & eyepiece.viewer.Others.$Shape;

            /**
             * Gets the type url for Others
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Others {

            /** Properties of an Others. */
            interface $Properties {

                /** Others json */
                json?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Others. */
            type $Shape = eyepiece.viewer.Others.$Properties;
        }

        /**
         * Properties of a Budget.
         * @deprecated Use eyepiece.viewer.Budget.$Properties instead.
         */
        interface IBudget extends eyepiece.viewer.Budget.$Properties {
        }

        /** Represents a Budget. */
        class Budget {

            /**
             * Constructs a new Budget.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Budget.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Budget memory. */
            memory: number;

            /** Budget gpu. */
            gpu: number;

            /**
             * Encodes the specified Budget message. Does not implicitly {@link eyepiece.viewer.Budget.verify|verify} messages.
             * @param message Budget message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Budget.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Budget message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Budget & eyepiece.viewer.Budget.$Shape} Budget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Budget & eyepiece.viewer.Budget.$Shape;

            /**
             * Gets the type url for Budget
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Budget {

            /** Properties of a Budget. */
            interface $Properties {

                /** Budget memory */
                memory?: (number|null);

                /** Budget gpu */
                gpu?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Budget. */
            type $Shape = eyepiece.viewer.Budget.$Properties;
        }

        /**
         * Properties of a Held.
         * @deprecated Use eyepiece.viewer.Held.$Properties instead.
         */
        interface IHeld extends eyepiece.viewer.Held.$Properties {
        }

        /** Represents a Held. */
        class Held {

            /**
             * Constructs a new Held.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Held.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Held memory. */
            memory: number;

            /** Held memoryAllowed. */
            memoryAllowed: number;

            /** Held gpu. */
            gpu: number;

            /** Held gpuAllowed. */
            gpuAllowed: number;

            /** Held reading. */
            reading: number;

            /** Held readMs. */
            readMs: number;

            /** Held memoryMost. */
            memoryMost: number;

            /** Held gpuMost. */
            gpuMost: number;

            /**
             * Encodes the specified Held message. Does not implicitly {@link eyepiece.viewer.Held.verify|verify} messages.
             * @param message Held message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Held.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Held message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Held & eyepiece.viewer.Held.$Shape} Held
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Held & eyepiece.viewer.Held.$Shape;

            /**
             * Gets the type url for Held
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Held {

            /** Properties of a Held. */
            interface $Properties {

                /** Held memory */
                memory?: (number|null);

                /** Held memoryAllowed */
                memoryAllowed?: (number|null);

                /** Held gpu */
                gpu?: (number|null);

                /** Held gpuAllowed */
                gpuAllowed?: (number|null);

                /** Held reading */
                reading?: (number|null);

                /** Held readMs */
                readMs?: (number|null);

                /** Held memoryMost */
                memoryMost?: (number|null);

                /** Held gpuMost */
                gpuMost?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Held. */
            type $Shape = eyepiece.viewer.Held.$Properties;
        }

        /**
         * Properties of a Loading.
         * @deprecated Use eyepiece.viewer.Loading.$Properties instead.
         */
        interface ILoading extends eyepiece.viewer.Loading.$Properties {
        }

        /** Represents a Loading. */
        class Loading {

            /**
             * Constructs a new Loading.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.Loading.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Loading progress. */
            progress: number;

            /** Loading complete. */
            complete: boolean;

            /**
             * Encodes the specified Loading message. Does not implicitly {@link eyepiece.viewer.Loading.verify|verify} messages.
             * @param message Loading message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.Loading.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Loading message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.Loading & eyepiece.viewer.Loading.$Shape} Loading
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.Loading & eyepiece.viewer.Loading.$Shape;

            /**
             * Gets the type url for Loading
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Loading {

            /** Properties of a Loading. */
            interface $Properties {

                /** Loading progress */
                progress?: (number|null);

                /** Loading complete */
                complete?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Loading. */
            type $Shape = eyepiece.viewer.Loading.$Properties;
        }

        /** Picture enum. */
        enum Picture {

            /** H264 value */
            H264 = 0,

            /** PNG value */
            PNG = 1
        }

        /**
         * Properties of a FrameHead.
         * @deprecated Use eyepiece.viewer.FrameHead.$Properties instead.
         */
        interface IFrameHead extends eyepiece.viewer.FrameHead.$Properties {
        }

        /** Represents a FrameHead. */
        class FrameHead {

            /**
             * Constructs a new FrameHead.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.FrameHead.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FrameHead frame. */
            frame: number;

            /** FrameHead inputId. */
            inputId: number;

            /** FrameHead picture. */
            picture: eyepiece.viewer.Picture;

            /** FrameHead key. */
            key: boolean;

            /** FrameHead codec. */
            codec: string;

            /** FrameHead width. */
            width: number;

            /** FrameHead height. */
            height: number;

            /** FrameHead cropWidth. */
            cropWidth: number;

            /** FrameHead cropHeight. */
            cropHeight: number;

            /** FrameHead pose. */
            pose?: (eyepiece.viewer.Pose.$Properties|null);

            /** FrameHead revision. */
            revision: number;

            /** FrameHead exact. */
            exact: boolean;

            /** FrameHead receivedUs. */
            receivedUs: number;

            /** FrameHead renderUs. */
            renderUs: number;

            /** FrameHead convertUs. */
            convertUs: number;

            /** FrameHead encodeUs. */
            encodeUs: number;

            /** FrameHead sentUs. */
            sentUs: number;

            /** FrameHead queueUs. */
            queueUs: number;

            /**
             * Encodes the specified FrameHead message. Does not implicitly {@link eyepiece.viewer.FrameHead.verify|verify} messages.
             * @param message FrameHead message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.FrameHead.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FrameHead message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.FrameHead & eyepiece.viewer.FrameHead.$Shape} FrameHead
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.FrameHead & eyepiece.viewer.FrameHead.$Shape;

            /**
             * Gets the type url for FrameHead
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace FrameHead {

            /** Properties of a FrameHead. */
            interface $Properties {

                /** FrameHead frame */
                frame?: (number|null);

                /** FrameHead inputId */
                inputId?: (number|null);

                /** FrameHead picture */
                picture?: (eyepiece.viewer.Picture|null);

                /** FrameHead key */
                key?: (boolean|null);

                /** FrameHead codec */
                codec?: (string|null);

                /** FrameHead width */
                width?: (number|null);

                /** FrameHead height */
                height?: (number|null);

                /** FrameHead cropWidth */
                cropWidth?: (number|null);

                /** FrameHead cropHeight */
                cropHeight?: (number|null);

                /** FrameHead pose */
                pose?: (eyepiece.viewer.Pose.$Properties|null);

                /** FrameHead revision */
                revision?: (number|null);

                /** FrameHead exact */
                exact?: (boolean|null);

                /** FrameHead receivedUs */
                receivedUs?: (number|null);

                /** FrameHead renderUs */
                renderUs?: (number|null);

                /** FrameHead convertUs */
                convertUs?: (number|null);

                /** FrameHead encodeUs */
                encodeUs?: (number|null);

                /** FrameHead sentUs */
                sentUs?: (number|null);

                /** FrameHead queueUs */
                queueUs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FrameHead. */
            type $Shape = eyepiece.viewer.FrameHead.$Properties;
        }

        /**
         * Properties of a SaveLayers.
         * @deprecated Use eyepiece.viewer.SaveLayers.$Properties instead.
         */
        interface ISaveLayers extends eyepiece.viewer.SaveLayers.$Properties {
        }

        /** Represents a SaveLayers. */
        class SaveLayers {

            /**
             * Constructs a new SaveLayers.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.SaveLayers.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SaveLayers task. */
            task: string;

            /** SaveLayers layers. */
            layers: string[];

            /** SaveLayers name. */
            name: string;

            /** SaveLayers folder. */
            folder: string;

            /** SaveLayers replace. */
            replace: boolean;

            /**
             * Encodes the specified SaveLayers message. Does not implicitly {@link eyepiece.viewer.SaveLayers.verify|verify} messages.
             * @param message SaveLayers message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.SaveLayers.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SaveLayers message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.SaveLayers & eyepiece.viewer.SaveLayers.$Shape} SaveLayers
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.SaveLayers & eyepiece.viewer.SaveLayers.$Shape;

            /**
             * Gets the type url for SaveLayers
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SaveLayers {

            /** Properties of a SaveLayers. */
            interface $Properties {

                /** SaveLayers task */
                task?: (string|null);

                /** SaveLayers layers */
                layers?: (string[]|null);

                /** SaveLayers name */
                name?: (string|null);

                /** SaveLayers folder */
                folder?: (string|null);

                /** SaveLayers replace */
                replace?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SaveLayers. */
            type $Shape = eyepiece.viewer.SaveLayers.$Properties;
        }

        /**
         * Properties of a CancelSave.
         * @deprecated Use eyepiece.viewer.CancelSave.$Properties instead.
         */
        interface ICancelSave extends eyepiece.viewer.CancelSave.$Properties {
        }

        /** Represents a CancelSave. */
        class CancelSave {

            /**
             * Constructs a new CancelSave.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.CancelSave.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CancelSave task. */
            task: string;

            /**
             * Encodes the specified CancelSave message. Does not implicitly {@link eyepiece.viewer.CancelSave.verify|verify} messages.
             * @param message CancelSave message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.CancelSave.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CancelSave message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.CancelSave & eyepiece.viewer.CancelSave.$Shape} CancelSave
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.CancelSave & eyepiece.viewer.CancelSave.$Shape;

            /**
             * Gets the type url for CancelSave
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace CancelSave {

            /** Properties of a CancelSave. */
            interface $Properties {

                /** CancelSave task */
                task?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CancelSave. */
            type $Shape = eyepiece.viewer.CancelSave.$Properties;
        }

        /**
         * Properties of a LayersSaved.
         * @deprecated Use eyepiece.viewer.LayersSaved.$Properties instead.
         */
        interface ILayersSaved extends eyepiece.viewer.LayersSaved.$Properties {
        }

        /** Represents a LayersSaved. */
        class LayersSaved {

            /**
             * Constructs a new LayersSaved.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.LayersSaved.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LayersSaved token. */
            token: string;

            /** LayersSaved files. */
            files: eyepiece.viewer.SavedFile.$Properties[];

            /** LayersSaved paths. */
            paths: string[];

            /**
             * Encodes the specified LayersSaved message. Does not implicitly {@link eyepiece.viewer.LayersSaved.verify|verify} messages.
             * @param message LayersSaved message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.LayersSaved.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LayersSaved message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.LayersSaved & eyepiece.viewer.LayersSaved.$Shape} LayersSaved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.LayersSaved & eyepiece.viewer.LayersSaved.$Shape;

            /**
             * Gets the type url for LayersSaved
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace LayersSaved {

            /** Properties of a LayersSaved. */
            interface $Properties {

                /** LayersSaved token */
                token?: (string|null);

                /** LayersSaved files */
                files?: (eyepiece.viewer.SavedFile.$Properties[]|null);

                /** LayersSaved paths */
                paths?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LayersSaved. */
            type $Shape = eyepiece.viewer.LayersSaved.$Properties;
        }

        /**
         * Properties of a FilmAsked.
         * @deprecated Use eyepiece.viewer.FilmAsked.$Properties instead.
         */
        interface IFilmAsked extends eyepiece.viewer.FilmAsked.$Properties {
        }

        /** Represents a FilmAsked. */
        class FilmAsked {

            /**
             * Constructs a new FilmAsked.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.FilmAsked.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FilmAsked task. */
            task: string;

            /** FilmAsked json. */
            json: string;

            /**
             * Encodes the specified FilmAsked message. Does not implicitly {@link eyepiece.viewer.FilmAsked.verify|verify} messages.
             * @param message FilmAsked message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.FilmAsked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FilmAsked message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.FilmAsked & eyepiece.viewer.FilmAsked.$Shape} FilmAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.FilmAsked & eyepiece.viewer.FilmAsked.$Shape;

            /**
             * Gets the type url for FilmAsked
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace FilmAsked {

            /** Properties of a FilmAsked. */
            interface $Properties {

                /** FilmAsked task */
                task?: (string|null);

                /** FilmAsked json */
                json?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FilmAsked. */
            type $Shape = eyepiece.viewer.FilmAsked.$Properties;
        }

        /**
         * Properties of a SavedFile.
         * @deprecated Use eyepiece.viewer.SavedFile.$Properties instead.
         */
        interface ISavedFile extends eyepiece.viewer.SavedFile.$Properties {
        }

        /** Represents a SavedFile. */
        class SavedFile {

            /**
             * Constructs a new SavedFile.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.SavedFile.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SavedFile path. */
            path: string;

            /** SavedFile size. */
            size: number;

            /**
             * Encodes the specified SavedFile message. Does not implicitly {@link eyepiece.viewer.SavedFile.verify|verify} messages.
             * @param message SavedFile message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.SavedFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SavedFile message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.SavedFile & eyepiece.viewer.SavedFile.$Shape} SavedFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.SavedFile & eyepiece.viewer.SavedFile.$Shape;

            /**
             * Gets the type url for SavedFile
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SavedFile {

            /** Properties of a SavedFile. */
            interface $Properties {

                /** SavedFile path */
                path?: (string|null);

                /** SavedFile size */
                size?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SavedFile. */
            type $Shape = eyepiece.viewer.SavedFile.$Properties;
        }

        /**
         * Properties of a TakeSaved.
         * @deprecated Use eyepiece.viewer.TakeSaved.$Properties instead.
         */
        interface ITakeSaved extends eyepiece.viewer.TakeSaved.$Properties {
        }

        /** Represents a TakeSaved. */
        class TakeSaved {

            /**
             * Constructs a new TakeSaved.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.TakeSaved.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TakeSaved token. */
            token: string;

            /** TakeSaved path. */
            path: string;

            /** TakeSaved offset. */
            offset: number;

            /** TakeSaved length. */
            length: number;

            /**
             * Encodes the specified TakeSaved message. Does not implicitly {@link eyepiece.viewer.TakeSaved.verify|verify} messages.
             * @param message TakeSaved message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.TakeSaved.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TakeSaved message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.TakeSaved & eyepiece.viewer.TakeSaved.$Shape} TakeSaved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.TakeSaved & eyepiece.viewer.TakeSaved.$Shape;

            /**
             * Gets the type url for TakeSaved
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace TakeSaved {

            /** Properties of a TakeSaved. */
            interface $Properties {

                /** TakeSaved token */
                token?: (string|null);

                /** TakeSaved path */
                path?: (string|null);

                /** TakeSaved offset */
                offset?: (number|null);

                /** TakeSaved length */
                length?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TakeSaved. */
            type $Shape = eyepiece.viewer.TakeSaved.$Properties;
        }

        /**
         * Properties of a SavedPiece.
         * @deprecated Use eyepiece.viewer.SavedPiece.$Properties instead.
         */
        interface ISavedPiece extends eyepiece.viewer.SavedPiece.$Properties {
        }

        /** Represents a SavedPiece. */
        class SavedPiece {

            /**
             * Constructs a new SavedPiece.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.SavedPiece.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SavedPiece data. */
            data: Uint8Array;

            /**
             * Encodes the specified SavedPiece message. Does not implicitly {@link eyepiece.viewer.SavedPiece.verify|verify} messages.
             * @param message SavedPiece message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.SavedPiece.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SavedPiece message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.SavedPiece & eyepiece.viewer.SavedPiece.$Shape} SavedPiece
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.SavedPiece & eyepiece.viewer.SavedPiece.$Shape;

            /**
             * Gets the type url for SavedPiece
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace SavedPiece {

            /** Properties of a SavedPiece. */
            interface $Properties {

                /** SavedPiece data */
                data?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SavedPiece. */
            type $Shape = eyepiece.viewer.SavedPiece.$Properties;
        }

        /**
         * Properties of a DropSaved.
         * @deprecated Use eyepiece.viewer.DropSaved.$Properties instead.
         */
        interface IDropSaved extends eyepiece.viewer.DropSaved.$Properties {
        }

        /** Represents a DropSaved. */
        class DropSaved {

            /**
             * Constructs a new DropSaved.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.DropSaved.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DropSaved token. */
            token: string;

            /**
             * Encodes the specified DropSaved message. Does not implicitly {@link eyepiece.viewer.DropSaved.verify|verify} messages.
             * @param message DropSaved message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.DropSaved.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DropSaved message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.DropSaved & eyepiece.viewer.DropSaved.$Shape} DropSaved
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.DropSaved & eyepiece.viewer.DropSaved.$Shape;

            /**
             * Gets the type url for DropSaved
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DropSaved {

            /** Properties of a DropSaved. */
            interface $Properties {

                /** DropSaved token */
                token?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DropSaved. */
            type $Shape = eyepiece.viewer.DropSaved.$Properties;
        }

        /**
         * Properties of a BrickRequest.
         * @deprecated Use eyepiece.viewer.BrickRequest.$Properties instead.
         */
        interface IBrickRequest extends eyepiece.viewer.BrickRequest.$Properties {
        }

        /** Represents a BrickRequest. */
        class BrickRequest {

            /**
             * Constructs a new BrickRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BrickRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BrickRequest data. */
            data?: (eyepiece.viewer.DataAsked.$Properties|null);

            /** BrickRequest brick. */
            brick?: (eyepiece.viewer.BrickAsked.$Properties|null);

            /** BrickRequest cancel. */
            cancel?: (eyepiece.viewer.BrickCancelled.$Properties|null);

            /** BrickRequest sync. */
            sync?: (eyepiece.viewer.BricksSync.$Properties|null);

            /** BrickRequest what. */
            what?: ("data"|"brick"|"cancel"|"sync");

            /**
             * Encodes the specified BrickRequest message. Does not implicitly {@link eyepiece.viewer.BrickRequest.verify|verify} messages.
             * @param message BrickRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BrickRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrickRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickRequest & eyepiece.viewer.BrickRequest.$Shape} BrickRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BrickRequest & eyepiece.viewer.BrickRequest.$Shape;

            /**
             * Gets the type url for BrickRequest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BrickRequest {

            /** Properties of a BrickRequest. */
            interface $Properties {

                /** BrickRequest data */
                data?: (eyepiece.viewer.DataAsked.$Properties|null);

                /** BrickRequest brick */
                brick?: (eyepiece.viewer.BrickAsked.$Properties|null);

                /** BrickRequest cancel */
                cancel?: (eyepiece.viewer.BrickCancelled.$Properties|null);

                /** BrickRequest sync */
                sync?: (eyepiece.viewer.BricksSync.$Properties|null);

                /** BrickRequest what */
                what?: ("data"|"brick"|"cancel"|"sync");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a BrickRequest. */
            type $Shape = {
              data?: eyepiece.viewer.DataAsked.$Shape|null;
              brick?: eyepiece.viewer.BrickAsked.$Shape|null;
              cancel?: eyepiece.viewer.BrickCancelled.$Shape|null;
              sync?: eyepiece.viewer.BricksSync.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ what?: undefined; data?: null; brick?: null; cancel?: null; sync?: null }|{ what?: "data"; data: eyepiece.viewer.DataAsked.$Shape; brick?: null; cancel?: null; sync?: null }|{ what?: "brick"; data?: null; brick: eyepiece.viewer.BrickAsked.$Shape; cancel?: null; sync?: null }|{ what?: "cancel"; data?: null; brick?: null; cancel: eyepiece.viewer.BrickCancelled.$Shape; sync?: null }|{ what?: "sync"; data?: null; brick?: null; cancel?: null; sync: eyepiece.viewer.BricksSync.$Shape })
            );
        }

        /**
         * Properties of a DataAsked.
         * @deprecated Use eyepiece.viewer.DataAsked.$Properties instead.
         */
        interface IDataAsked extends eyepiece.viewer.DataAsked.$Properties {
        }

        /** Represents a DataAsked. */
        class DataAsked {

            /**
             * Constructs a new DataAsked.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.DataAsked.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DataAsked source. */
            source: string;

            /**
             * Encodes the specified DataAsked message. Does not implicitly {@link eyepiece.viewer.DataAsked.verify|verify} messages.
             * @param message DataAsked message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.DataAsked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DataAsked message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.DataAsked & eyepiece.viewer.DataAsked.$Shape} DataAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.DataAsked & eyepiece.viewer.DataAsked.$Shape;

            /**
             * Gets the type url for DataAsked
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DataAsked {

            /** Properties of a DataAsked. */
            interface $Properties {

                /** DataAsked source */
                source?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DataAsked. */
            type $Shape = eyepiece.viewer.DataAsked.$Properties;
        }

        /**
         * Properties of a BrickAsked.
         * @deprecated Use eyepiece.viewer.BrickAsked.$Properties instead.
         */
        interface IBrickAsked extends eyepiece.viewer.BrickAsked.$Properties {
        }

        /** Represents a BrickAsked. */
        class BrickAsked {

            /**
             * Constructs a new BrickAsked.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BrickAsked.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BrickAsked id. */
            id: number;

            /** BrickAsked source. */
            source: string;

            /** BrickAsked level. */
            level: number;

            /** BrickAsked index. */
            index: number[];

            /**
             * Encodes the specified BrickAsked message. Does not implicitly {@link eyepiece.viewer.BrickAsked.verify|verify} messages.
             * @param message BrickAsked message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BrickAsked.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrickAsked message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickAsked & eyepiece.viewer.BrickAsked.$Shape} BrickAsked
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BrickAsked & eyepiece.viewer.BrickAsked.$Shape;

            /**
             * Gets the type url for BrickAsked
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BrickAsked {

            /** Properties of a BrickAsked. */
            interface $Properties {

                /** BrickAsked id */
                id?: (number|null);

                /** BrickAsked source */
                source?: (string|null);

                /** BrickAsked level */
                level?: (number|null);

                /** BrickAsked index */
                index?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BrickAsked. */
            type $Shape = eyepiece.viewer.BrickAsked.$Properties;
        }

        /**
         * Properties of a BrickCancelled.
         * @deprecated Use eyepiece.viewer.BrickCancelled.$Properties instead.
         */
        interface IBrickCancelled extends eyepiece.viewer.BrickCancelled.$Properties {
        }

        /** Represents a BrickCancelled. */
        class BrickCancelled {

            /**
             * Constructs a new BrickCancelled.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BrickCancelled.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BrickCancelled id. */
            id: number;

            /**
             * Encodes the specified BrickCancelled message. Does not implicitly {@link eyepiece.viewer.BrickCancelled.verify|verify} messages.
             * @param message BrickCancelled message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BrickCancelled.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrickCancelled message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickCancelled & eyepiece.viewer.BrickCancelled.$Shape} BrickCancelled
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BrickCancelled & eyepiece.viewer.BrickCancelled.$Shape;

            /**
             * Gets the type url for BrickCancelled
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BrickCancelled {

            /** Properties of a BrickCancelled. */
            interface $Properties {

                /** BrickCancelled id */
                id?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BrickCancelled. */
            type $Shape = eyepiece.viewer.BrickCancelled.$Properties;
        }

        /**
         * Properties of a BricksSync.
         * @deprecated Use eyepiece.viewer.BricksSync.$Properties instead.
         */
        interface IBricksSync extends eyepiece.viewer.BricksSync.$Properties {
        }

        /** Represents a BricksSync. */
        class BricksSync {

            /**
             * Constructs a new BricksSync.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BricksSync.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BricksSync id. */
            id: number;

            /**
             * Encodes the specified BricksSync message. Does not implicitly {@link eyepiece.viewer.BricksSync.verify|verify} messages.
             * @param message BricksSync message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BricksSync.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BricksSync message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BricksSync & eyepiece.viewer.BricksSync.$Shape} BricksSync
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BricksSync & eyepiece.viewer.BricksSync.$Shape;

            /**
             * Gets the type url for BricksSync
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BricksSync {

            /** Properties of a BricksSync. */
            interface $Properties {

                /** BricksSync id */
                id?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BricksSync. */
            type $Shape = eyepiece.viewer.BricksSync.$Properties;
        }

        /**
         * Properties of a BrickEvent.
         * @deprecated Use eyepiece.viewer.BrickEvent.$Properties instead.
         */
        interface IBrickEvent extends eyepiece.viewer.BrickEvent.$Properties {
        }

        /** Represents a BrickEvent. */
        class BrickEvent {

            /**
             * Constructs a new BrickEvent.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BrickEvent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BrickEvent ready. */
            ready?: (eyepiece.viewer.BricksReady.$Properties|null);

            /** BrickEvent data. */
            data?: (eyepiece.viewer.DataFound.$Properties|null);

            /** BrickEvent brick. */
            brick?: (eyepiece.viewer.BrickFound.$Properties|null);

            /** BrickEvent failed. */
            failed?: (eyepiece.viewer.BrickFailed.$Properties|null);

            /** BrickEvent changed. */
            changed?: (eyepiece.viewer.BricksChanged.$Properties|null);

            /** BrickEvent sync. */
            sync?: (eyepiece.viewer.BricksSync.$Properties|null);

            /** BrickEvent stale. */
            stale?: (eyepiece.viewer.DataAsked.$Properties|null);

            /** BrickEvent what. */
            what?: ("ready"|"data"|"brick"|"failed"|"changed"|"sync"|"stale");

            /**
             * Encodes the specified BrickEvent message. Does not implicitly {@link eyepiece.viewer.BrickEvent.verify|verify} messages.
             * @param message BrickEvent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BrickEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrickEvent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickEvent & eyepiece.viewer.BrickEvent.$Shape} BrickEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BrickEvent & eyepiece.viewer.BrickEvent.$Shape;

            /**
             * Gets the type url for BrickEvent
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BrickEvent {

            /** Properties of a BrickEvent. */
            interface $Properties {

                /** BrickEvent ready */
                ready?: (eyepiece.viewer.BricksReady.$Properties|null);

                /** BrickEvent data */
                data?: (eyepiece.viewer.DataFound.$Properties|null);

                /** BrickEvent brick */
                brick?: (eyepiece.viewer.BrickFound.$Properties|null);

                /** BrickEvent failed */
                failed?: (eyepiece.viewer.BrickFailed.$Properties|null);

                /** BrickEvent changed */
                changed?: (eyepiece.viewer.BricksChanged.$Properties|null);

                /** BrickEvent sync */
                sync?: (eyepiece.viewer.BricksSync.$Properties|null);

                /** BrickEvent stale */
                stale?: (eyepiece.viewer.DataAsked.$Properties|null);

                /** BrickEvent what */
                what?: ("ready"|"data"|"brick"|"failed"|"changed"|"sync"|"stale");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a BrickEvent. */
            type $Shape = {
              ready?: eyepiece.viewer.BricksReady.$Shape|null;
              data?: eyepiece.viewer.DataFound.$Shape|null;
              brick?: eyepiece.viewer.BrickFound.$Shape|null;
              failed?: eyepiece.viewer.BrickFailed.$Shape|null;
              changed?: eyepiece.viewer.BricksChanged.$Shape|null;
              sync?: eyepiece.viewer.BricksSync.$Shape|null;
              stale?: eyepiece.viewer.DataAsked.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ what?: undefined; ready?: null; data?: null; brick?: null; failed?: null; changed?: null; sync?: null; stale?: null }|{ what?: "ready"; ready: eyepiece.viewer.BricksReady.$Shape; data?: null; brick?: null; failed?: null; changed?: null; sync?: null; stale?: null }|{ what?: "data"; ready?: null; data: eyepiece.viewer.DataFound.$Shape; brick?: null; failed?: null; changed?: null; sync?: null; stale?: null }|{ what?: "brick"; ready?: null; data?: null; brick: eyepiece.viewer.BrickFound.$Shape; failed?: null; changed?: null; sync?: null; stale?: null }|{ what?: "failed"; ready?: null; data?: null; brick?: null; failed: eyepiece.viewer.BrickFailed.$Shape; changed?: null; sync?: null; stale?: null }|{ what?: "changed"; ready?: null; data?: null; brick?: null; failed?: null; changed: eyepiece.viewer.BricksChanged.$Shape; sync?: null; stale?: null }|{ what?: "sync"; ready?: null; data?: null; brick?: null; failed?: null; changed?: null; sync: eyepiece.viewer.BricksSync.$Shape; stale?: null }|{ what?: "stale"; ready?: null; data?: null; brick?: null; failed?: null; changed?: null; sync?: null; stale: eyepiece.viewer.DataAsked.$Shape })
            );
        }

        /**
         * Properties of a BricksReady.
         * @deprecated Use eyepiece.viewer.BricksReady.$Properties instead.
         */
        interface IBricksReady extends eyepiece.viewer.BricksReady.$Properties {
        }

        /** Represents a BricksReady. */
        class BricksReady {

            /**
             * Constructs a new BricksReady.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BricksReady.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified BricksReady message. Does not implicitly {@link eyepiece.viewer.BricksReady.verify|verify} messages.
             * @param message BricksReady message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BricksReady.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BricksReady message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BricksReady & eyepiece.viewer.BricksReady.$Shape} BricksReady
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BricksReady & eyepiece.viewer.BricksReady.$Shape;

            /**
             * Gets the type url for BricksReady
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BricksReady {

            /** Properties of a BricksReady. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BricksReady. */
            type $Shape = eyepiece.viewer.BricksReady.$Properties;
        }

        /**
         * Properties of a DataFound.
         * @deprecated Use eyepiece.viewer.DataFound.$Properties instead.
         */
        interface IDataFound extends eyepiece.viewer.DataFound.$Properties {
        }

        /** Represents a DataFound. */
        class DataFound {

            /**
             * Constructs a new DataFound.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.DataFound.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DataFound source. */
            source: string;

            /** DataFound version. */
            version: number;

            /** DataFound arrayJson. */
            arrayJson: string;

            /** DataFound table. */
            table: Uint8Array;

            /** DataFound failure. */
            failure: string;

            /**
             * Encodes the specified DataFound message. Does not implicitly {@link eyepiece.viewer.DataFound.verify|verify} messages.
             * @param message DataFound message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.DataFound.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DataFound message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.DataFound & eyepiece.viewer.DataFound.$Shape} DataFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.DataFound & eyepiece.viewer.DataFound.$Shape;

            /**
             * Gets the type url for DataFound
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DataFound {

            /** Properties of a DataFound. */
            interface $Properties {

                /** DataFound source */
                source?: (string|null);

                /** DataFound version */
                version?: (number|null);

                /** DataFound arrayJson */
                arrayJson?: (string|null);

                /** DataFound table */
                table?: (Uint8Array|null);

                /** DataFound failure */
                failure?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DataFound. */
            type $Shape = eyepiece.viewer.DataFound.$Properties;
        }

        /**
         * Properties of a BrickFound.
         * @deprecated Use eyepiece.viewer.BrickFound.$Properties instead.
         */
        interface IBrickFound extends eyepiece.viewer.BrickFound.$Properties {
        }

        /** Represents a BrickFound. */
        class BrickFound {

            /**
             * Constructs a new BrickFound.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BrickFound.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BrickFound id. */
            id: number;

            /** BrickFound brick. */
            brick: Uint8Array;

            /**
             * Encodes the specified BrickFound message. Does not implicitly {@link eyepiece.viewer.BrickFound.verify|verify} messages.
             * @param message BrickFound message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BrickFound.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrickFound message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickFound & eyepiece.viewer.BrickFound.$Shape} BrickFound
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BrickFound & eyepiece.viewer.BrickFound.$Shape;

            /**
             * Gets the type url for BrickFound
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BrickFound {

            /** Properties of a BrickFound. */
            interface $Properties {

                /** BrickFound id */
                id?: (number|null);

                /** BrickFound brick */
                brick?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BrickFound. */
            type $Shape = eyepiece.viewer.BrickFound.$Properties;
        }

        /**
         * Properties of a BrickFailed.
         * @deprecated Use eyepiece.viewer.BrickFailed.$Properties instead.
         */
        interface IBrickFailed extends eyepiece.viewer.BrickFailed.$Properties {
        }

        /** Represents a BrickFailed. */
        class BrickFailed {

            /**
             * Constructs a new BrickFailed.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BrickFailed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BrickFailed id. */
            id: number;

            /** BrickFailed code. */
            code: string;

            /** BrickFailed message. */
            message: string;

            /**
             * Encodes the specified BrickFailed message. Does not implicitly {@link eyepiece.viewer.BrickFailed.verify|verify} messages.
             * @param message BrickFailed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BrickFailed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrickFailed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickFailed & eyepiece.viewer.BrickFailed.$Shape} BrickFailed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BrickFailed & eyepiece.viewer.BrickFailed.$Shape;

            /**
             * Gets the type url for BrickFailed
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BrickFailed {

            /** Properties of a BrickFailed. */
            interface $Properties {

                /** BrickFailed id */
                id?: (number|null);

                /** BrickFailed code */
                code?: (string|null);

                /** BrickFailed message */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BrickFailed. */
            type $Shape = eyepiece.viewer.BrickFailed.$Properties;
        }

        /**
         * Properties of a BricksChanged.
         * @deprecated Use eyepiece.viewer.BricksChanged.$Properties instead.
         */
        interface IBricksChanged extends eyepiece.viewer.BricksChanged.$Properties {
        }

        /** Represents a BricksChanged. */
        class BricksChanged {

            /**
             * Constructs a new BricksChanged.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BricksChanged.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BricksChanged source. */
            source: string;

            /** BricksChanged bricks. */
            bricks: eyepiece.viewer.BrickPlace.$Properties[];

            /**
             * Encodes the specified BricksChanged message. Does not implicitly {@link eyepiece.viewer.BricksChanged.verify|verify} messages.
             * @param message BricksChanged message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BricksChanged.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BricksChanged message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BricksChanged & eyepiece.viewer.BricksChanged.$Shape} BricksChanged
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BricksChanged & eyepiece.viewer.BricksChanged.$Shape;

            /**
             * Gets the type url for BricksChanged
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BricksChanged {

            /** Properties of a BricksChanged. */
            interface $Properties {

                /** BricksChanged source */
                source?: (string|null);

                /** BricksChanged bricks */
                bricks?: (eyepiece.viewer.BrickPlace.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BricksChanged. */
            type $Shape = eyepiece.viewer.BricksChanged.$Properties;
        }

        /**
         * Properties of a BrickPlace.
         * @deprecated Use eyepiece.viewer.BrickPlace.$Properties instead.
         */
        interface IBrickPlace extends eyepiece.viewer.BrickPlace.$Properties {
        }

        /** Represents a BrickPlace. */
        class BrickPlace {

            /**
             * Constructs a new BrickPlace.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.viewer.BrickPlace.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** BrickPlace level. */
            level: number;

            /** BrickPlace index. */
            index: number[];

            /**
             * Encodes the specified BrickPlace message. Does not implicitly {@link eyepiece.viewer.BrickPlace.verify|verify} messages.
             * @param message BrickPlace message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.viewer.BrickPlace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a BrickPlace message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.viewer.BrickPlace & eyepiece.viewer.BrickPlace.$Shape} BrickPlace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.viewer.BrickPlace & eyepiece.viewer.BrickPlace.$Shape;

            /**
             * Gets the type url for BrickPlace
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace BrickPlace {

            /** Properties of a BrickPlace. */
            interface $Properties {

                /** BrickPlace level */
                level?: (number|null);

                /** BrickPlace index */
                index?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a BrickPlace. */
            type $Shape = eyepiece.viewer.BrickPlace.$Properties;
        }
    }

    /** Namespace wire. */
    namespace wire {

        /**
         * Properties of a Hello.
         * @deprecated Use eyepiece.wire.Hello.$Properties instead.
         */
        interface IHello extends eyepiece.wire.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.wire.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello protocolMin. */
            protocolMin: number;

            /** Hello protocolMax. */
            protocolMax: number;

            /** Hello version. */
            version: string;

            /** Hello role. */
            role: string;

            /** Hello name. */
            name: string;

            /** Hello features. */
            features: string[];

            /** Hello node. */
            node?: (eyepiece.wire.NodeFacts.$Properties|null);

            /**
             * Encodes the specified Hello message. Does not implicitly {@link eyepiece.wire.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.wire.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.wire.Hello & eyepiece.wire.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.wire.Hello & eyepiece.wire.Hello.$Shape;

            /**
             * Gets the type url for Hello
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello protocolMin */
                protocolMin?: (number|null);

                /** Hello protocolMax */
                protocolMax?: (number|null);

                /** Hello version */
                version?: (string|null);

                /** Hello role */
                role?: (string|null);

                /** Hello name */
                name?: (string|null);

                /** Hello features */
                features?: (string[]|null);

                /** Hello node */
                node?: (eyepiece.wire.NodeFacts.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = eyepiece.wire.Hello.$Properties;
        }

        /**
         * Properties of a NodeFacts.
         * @deprecated Use eyepiece.wire.NodeFacts.$Properties instead.
         */
        interface INodeFacts extends eyepiece.wire.NodeFacts.$Properties {
        }

        /** Represents a NodeFacts. */
        class NodeFacts {

            /**
             * Constructs a new NodeFacts.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.wire.NodeFacts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeFacts adapter. */
            adapter: string;

            /** NodeFacts adapterKind. */
            adapterKind: string;

            /** NodeFacts encoder. */
            encoder: string;

            /** NodeFacts services. */
            services: string[];

            /**
             * Encodes the specified NodeFacts message. Does not implicitly {@link eyepiece.wire.NodeFacts.verify|verify} messages.
             * @param message NodeFacts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.wire.NodeFacts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeFacts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.wire.NodeFacts & eyepiece.wire.NodeFacts.$Shape} NodeFacts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.wire.NodeFacts & eyepiece.wire.NodeFacts.$Shape;

            /**
             * Gets the type url for NodeFacts
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NodeFacts {

            /** Properties of a NodeFacts. */
            interface $Properties {

                /** NodeFacts adapter */
                adapter?: (string|null);

                /** NodeFacts adapterKind */
                adapterKind?: (string|null);

                /** NodeFacts encoder */
                encoder?: (string|null);

                /** NodeFacts services */
                services?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeFacts. */
            type $Shape = eyepiece.wire.NodeFacts.$Properties;
        }

        /**
         * Properties of an Identity.
         * @deprecated Use eyepiece.wire.Identity.$Properties instead.
         */
        interface IIdentity extends eyepiece.wire.Identity.$Properties {
        }

        /** Represents an Identity. */
        class Identity {

            /**
             * Constructs a new Identity.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.wire.Identity.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Identity userId. */
            userId: string;

            /** Identity name. */
            name: string;

            /** Identity role. */
            role: string;

            /** Identity rights. */
            rights: string[];

            /** Identity scope. */
            scope: string;

            /** Identity grantedBy. */
            grantedBy: string;

            /**
             * Encodes the specified Identity message. Does not implicitly {@link eyepiece.wire.Identity.verify|verify} messages.
             * @param message Identity message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.wire.Identity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Identity message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.wire.Identity & eyepiece.wire.Identity.$Shape} Identity
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.wire.Identity & eyepiece.wire.Identity.$Shape;

            /**
             * Gets the type url for Identity
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Identity {

            /** Properties of an Identity. */
            interface $Properties {

                /** Identity userId */
                userId?: (string|null);

                /** Identity name */
                name?: (string|null);

                /** Identity role */
                role?: (string|null);

                /** Identity rights */
                rights?: (string[]|null);

                /** Identity scope */
                scope?: (string|null);

                /** Identity grantedBy */
                grantedBy?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Identity. */
            type $Shape = eyepiece.wire.Identity.$Properties;
        }

        /** Mode enum. */
        enum Mode {

            /** RELIABLE value */
            RELIABLE = 0,

            /** PIXELS value */
            PIXELS = 1,

            /** TRANSIENT value */
            TRANSIENT = 2
        }

        /**
         * Properties of an Open.
         * @deprecated Use eyepiece.wire.Open.$Properties instead.
         */
        interface IOpen extends eyepiece.wire.Open.$Properties {
        }

        /** Represents an Open. */
        class Open {

            /**
             * Constructs a new Open.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.wire.Open.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Open service. */
            service: string;

            /** Open node. */
            node: string;

            /** Open mode. */
            mode: eyepiece.wire.Mode;

            /** Open key. */
            key: Uint8Array;

            /** Open params. */
            params: Uint8Array;

            /** Open identity. */
            identity?: (eyepiece.wire.Identity.$Properties|null);

            /** Open window. */
            window: number;

            /**
             * Encodes the specified Open message. Does not implicitly {@link eyepiece.wire.Open.verify|verify} messages.
             * @param message Open message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.wire.Open.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Open message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.wire.Open & eyepiece.wire.Open.$Shape} Open
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.wire.Open & eyepiece.wire.Open.$Shape;

            /**
             * Gets the type url for Open
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Open {

            /** Properties of an Open. */
            interface $Properties {

                /** Open service */
                service?: (string|null);

                /** Open node */
                node?: (string|null);

                /** Open mode */
                mode?: (eyepiece.wire.Mode|null);

                /** Open key */
                key?: (Uint8Array|null);

                /** Open params */
                params?: (Uint8Array|null);

                /** Open identity */
                identity?: (eyepiece.wire.Identity.$Properties|null);

                /** Open window */
                window?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Open. */
            type $Shape = eyepiece.wire.Open.$Properties;
        }

        /**
         * Properties of an Accept.
         * @deprecated Use eyepiece.wire.Accept.$Properties instead.
         */
        interface IAccept extends eyepiece.wire.Accept.$Properties {
        }

        /** Represents an Accept. */
        class Accept {

            /**
             * Constructs a new Accept.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.wire.Accept.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Accept window. */
            window: number;

            /** Accept params. */
            params: Uint8Array;

            /**
             * Encodes the specified Accept message. Does not implicitly {@link eyepiece.wire.Accept.verify|verify} messages.
             * @param message Accept message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.wire.Accept.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Accept message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.wire.Accept & eyepiece.wire.Accept.$Shape} Accept
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.wire.Accept & eyepiece.wire.Accept.$Shape;

            /**
             * Gets the type url for Accept
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Accept {

            /** Properties of an Accept. */
            interface $Properties {

                /** Accept window */
                window?: (number|null);

                /** Accept params */
                params?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Accept. */
            type $Shape = eyepiece.wire.Accept.$Properties;
        }

        /**
         * Properties of a Reject.
         * @deprecated Use eyepiece.wire.Reject.$Properties instead.
         */
        interface IReject extends eyepiece.wire.Reject.$Properties {
        }

        /** Represents a Reject. */
        class Reject {

            /**
             * Constructs a new Reject.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.wire.Reject.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Reject code. */
            code: string;

            /** Reject message. */
            message: string;

            /**
             * Encodes the specified Reject message. Does not implicitly {@link eyepiece.wire.Reject.verify|verify} messages.
             * @param message Reject message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.wire.Reject.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Reject message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.wire.Reject & eyepiece.wire.Reject.$Shape} Reject
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.wire.Reject & eyepiece.wire.Reject.$Shape;

            /**
             * Gets the type url for Reject
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Reject {

            /** Properties of a Reject. */
            interface $Properties {

                /** Reject code */
                code?: (string|null);

                /** Reject message */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Reject. */
            type $Shape = eyepiece.wire.Reject.$Properties;
        }

        /**
         * Properties of a Resume.
         * @deprecated Use eyepiece.wire.Resume.$Properties instead.
         */
        interface IResume extends eyepiece.wire.Resume.$Properties {
        }

        /** Represents a Resume. */
        class Resume {

            /**
             * Constructs a new Resume.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.wire.Resume.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Resume key. */
            key: Uint8Array;

            /** Resume received. */
            received: number;

            /** Resume service. */
            service: string;

            /** Resume node. */
            node: string;

            /** Resume identity. */
            identity?: (eyepiece.wire.Identity.$Properties|null);

            /** Resume params. */
            params: Uint8Array;

            /** Resume window. */
            window: number;

            /**
             * Encodes the specified Resume message. Does not implicitly {@link eyepiece.wire.Resume.verify|verify} messages.
             * @param message Resume message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.wire.Resume.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Resume message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.wire.Resume & eyepiece.wire.Resume.$Shape} Resume
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.wire.Resume & eyepiece.wire.Resume.$Shape;

            /**
             * Gets the type url for Resume
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Resume {

            /** Properties of a Resume. */
            interface $Properties {

                /** Resume key */
                key?: (Uint8Array|null);

                /** Resume received */
                received?: (number|null);

                /** Resume service */
                service?: (string|null);

                /** Resume node */
                node?: (string|null);

                /** Resume identity */
                identity?: (eyepiece.wire.Identity.$Properties|null);

                /** Resume params */
                params?: (Uint8Array|null);

                /** Resume window */
                window?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Resume. */
            type $Shape = eyepiece.wire.Resume.$Properties;
        }

        /**
         * Properties of a Close.
         * @deprecated Use eyepiece.wire.Close.$Properties instead.
         */
        interface IClose extends eyepiece.wire.Close.$Properties {
        }

        /** Represents a Close. */
        class Close {

            /**
             * Constructs a new Close.
             * @param [properties] Properties to set
             */
            constructor(properties?: eyepiece.wire.Close.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Close code. */
            code: string;

            /** Close message. */
            message: string;

            /**
             * Encodes the specified Close message. Does not implicitly {@link eyepiece.wire.Close.verify|verify} messages.
             * @param message Close message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: eyepiece.wire.Close.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Close message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {eyepiece.wire.Close & eyepiece.wire.Close.$Shape} Close
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): eyepiece.wire.Close & eyepiece.wire.Close.$Shape;

            /**
             * Gets the type url for Close
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Close {

            /** Properties of a Close. */
            interface $Properties {

                /** Close code */
                code?: (string|null);

                /** Close message */
                message?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Close. */
            type $Shape = eyepiece.wire.Close.$Properties;
        }
    }
}
