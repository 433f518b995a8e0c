/**
 * Reads and writes Flyte's structs, in Protobuf and MessagePack.
 */
@NullMarked
package io.flyteconnect.internal.literal.struct;

import org.jspecify.annotations.NullMarked;
