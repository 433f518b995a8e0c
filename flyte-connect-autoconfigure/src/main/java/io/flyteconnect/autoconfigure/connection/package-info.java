/**
 * The beans of the connections, unnamed and named: what they are made of, and which of
 * them is injected where none is named.
 */
@NullMarked
package io.flyteconnect.autoconfigure.connection;

import org.jspecify.annotations.NullMarked;
