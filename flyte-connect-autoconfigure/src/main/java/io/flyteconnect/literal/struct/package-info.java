/**
 * Objects without a schema: JSON, {@code google.protobuf.Struct} and MessagePack to maps
 * and lists, and back.
 */
@NullMarked
package io.flyteconnect.literal.struct;

import org.jspecify.annotations.NullMarked;
