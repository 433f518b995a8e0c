/**
 * Stores a login in a file that processes share.
 */
@NullMarked
package io.flyteconnect.internal.store.file;

import org.jspecify.annotations.NullMarked;
