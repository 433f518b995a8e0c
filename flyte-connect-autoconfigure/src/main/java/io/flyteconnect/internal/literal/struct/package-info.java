/**
 * Structs of Flyte, as Protobuf and as MessagePack.
 */
@NullMarked
package io.flyteconnect.internal.literal.struct;

import org.jspecify.annotations.NullMarked;
