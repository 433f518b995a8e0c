/**
 * Stores the login of a connection.
 */
@NullMarked
package io.flyteconnect.internal.store;

import org.jspecify.annotations.NullMarked;
